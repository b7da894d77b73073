import { ActivityTypes, BotAdapter, ConversationState, MemoryStorage, TurnContext } from 'botbuilder-core'
import { Dialog, DialogSet, DialogTurnStatus, WaterfallDialog } from 'botbuilder-dialogs'
import { Pool } from 'undici'
import { keyboardOf, PEER_PAGES, peerPage } from '../webhook/dialogue.ts'
import { API_URL, servePeer } from '../webhook/peer-server.ts'
import { BOT_SECRET, BOT_TOKEN, WIRES } from '../webhook/wires.ts'

/** Bot Framework's waterfall: the same dialogue in nine steps, its state in the process's own memory, nothing on any disk. */
const pool = new Pool(API_URL, { connections: 16 })

class TelegramAdapter extends BotAdapter {
  async sendActivities(context, activities) {
    return Promise.all(
      activities.map(async (activity) => {
        const answer = await pool.request({
          method: 'POST',
          path: `/bot${BOT_TOKEN}/sendMessage`,
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({
            chat_id: Number(context.activity.conversation.id),
            text: activity.text,
            link_preview_options: { is_disabled: true },
            reply_markup: activity.channelData,
          }),
        })
        const { result } = await answer.body.json()
        return { id: String(result.message_id) }
      }),
    )
  }
  async updateActivity() {}
  async deleteActivity() {}
  async continueConversation() {}
}

const adapter = new TelegramAdapter()
const state = new ConversationState(new MemoryStorage())
const dialogs = new DialogSet(state.createProperty('dialogs'))
const steps = PEER_PAGES.map((_, n) => async (step) => {
  const page = peerPage(n, step.context.activity.text)
  await step.context.sendActivity({
    type: ActivityTypes.Message,
    text: page.text,
    channelData: keyboardOf(page),
  })
  return Dialog.EndOfTurn
})
dialogs.add(new WaterfallDialog('dialogue', steps))

function activityOf({ message }) {
  const person = { id: String(message.from.id), name: message.from.first_name }
  return {
    type: ActivityTypes.Message,
    id: String(message.message_id),
    channelId: 'telegram',
    serviceUrl: API_URL,
    from: person,
    recipient: { id: 'bot', name: 'bot' },
    conversation: { id: String(message.chat.id), isGroup: false },
    text: message.text,
  }
}

await servePeer((server) => {
  server.post(WIRES.telegram.path, async (request, reply) => {
    if (request.headers['x-telegram-bot-api-secret-token'] !== BOT_SECRET) return reply.code(401).send()
    const context = new TurnContext(adapter, activityOf(request.body))
    await adapter.runMiddleware(context, async (turn) => {
      const dialog = await dialogs.createContext(turn)
      const { status } = await dialog.continueDialog()
      if (status === DialogTurnStatus.empty) await dialog.beginDialog('dialogue')
      await state.saveChanges(turn)
    })
    return reply.code(200).send()
  })
})
