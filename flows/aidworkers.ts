import { flow, page } from './page.ts'

/**
 * Sexual exploitation and abuse by aid workers. The notice that staff must report comes before anything is typed, the
 * way without a name comes first, and nothing asks who, where or for proof (reference 1.9, 3.3). The line may belong to
 * the organisation that it is about, which nobody here can know: other lines are one choice away.
 */
export const aidworkers = flow('aidworkers', 'start', {
  start: page('aidworkers.start', { notice: 'notice', rules: 'rules', menu: '#menu' }),
  notice: page('aidworkers.notice', {
    anonymous: { target: '#services.chosen', set: { need: 'aidConduct' } },
    goOn: { target: '#talk', set: { aidConduct: true } },
    lines: '#services.lines',
    menu: '#menu',
  }),
  rules: page('aidworkers.rules', { duties: 'duties', notice: 'notice', menu: '#menu' }),
  duties: page('aidworkers.duties', { notice: 'notice', menu: '#menu' }),
})
