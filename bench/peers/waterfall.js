import { ActivityTypes, BotAdapter, ConversationState, MemoryStorage, TurnContext } from 'botbuilder-core'
import { Dialog, DialogSet, DialogTurnStatus, WaterfallDialog } from 'botbuilder-dialogs'
import { keyboardOf, PEER_PAGES, peerPage } from '../webhook/dialogue.ts'
import { turnsPerCoreSecond } from '../scale/in-process.ts'

/** Bot Framework's waterfall in one process: the dialogue in nine steps, its state in memory, what it says counted and dropped. */
class CountingAdapter extends BotAdapter {
  said = 0
  async sendActivities(_context, activities) {
    this.said += activities.length
    return activities.map(() => ({ id: 'said' }))
  }
  async updateActivity() {}
  async deleteActivity() {}
  async continueConversation() {}
}

const adapter = new CountingAdapter()
const state = new ConversationState(new MemoryStorage())
const dialogs = new DialogSet(state.createProperty('dialogs'))
const steps = PEER_PAGES.map((_, n) => async (step) => {
  const page = peerPage(n, step.context.activity.text)
  const channelData = keyboardOf(page)
  await step.context.sendActivity({ type: ActivityTypes.Message, text: page.text, channelData })
  return Dialog.EndOfTurn
})
dialogs.add(new WaterfallDialog('dialogue', steps))

async function turn(person, text) {
  const activity = {
    type: ActivityTypes.Message,
    id: 'message',
    channelId: 'telegram',
    serviceUrl: 'http://127.0.0.1',
    from: { id: person, name: 'A' },
    recipient: { id: 'bot', name: 'bot' },
    conversation: { id: person, isGroup: false },
    text,
  }
  const before = adapter.said
  await adapter.runMiddleware(new TurnContext(adapter, activity), async (context) => {
    const dialog = await dialogs.createContext(context)
    const { status } = await dialog.continueDialog()
    if (status === DialogTurnStatus.empty) await dialog.beginDialog('dialogue')
    await state.saveChanges(context)
  })
  if (adapter.said !== before + 1) throw new Error('a turn without exactly one reply')
}

console.log(await turnsPerCoreSecond(turn))
