import { flow, page, ways } from './page.ts'

/** For someone who helps another person. It takes no details of the third person (reference 4.3). */
export const friend = flow('friend', 'start', {
  start: page('friend.start', {
    listen: 'listen',
    avoid: 'avoid',
    practical: 'practical',
    urgent: 'urgent',
    yourself: 'yourself',
    ...ways,
  }),
  listen: page('friend.listen', { avoid: 'avoid', practical: 'practical', ...ways }),
  avoid: page('friend.avoid', { listen: 'listen', practical: 'practical', ...ways }),
  practical: page('friend.practical', { services: '#services', safety: '#safety', ...ways }),
  urgent: page('friend.urgent', { practical: 'practical', ...ways }),
  yourself: page('friend.yourself', { calm: '#feelings.calm', lines: '#services.lines', ...ways }),
})
