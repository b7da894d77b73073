import {
  type Conversation,
  type ConversationData,
  type ConversationFlavor,
  conversations,
  createConversation,
  type VersionedState,
} from '@grammyjs/conversations'
import { Bot, type Context, webhookCallback } from 'grammy'
import { BOT_INFO } from './bot-info.ts'
import { keyboardOf, peerPage } from './dialogue.ts'
import { API_URL, servePeer } from './peer-server.ts'
import { BOT_SECRET, BOT_TOKEN, WIRES } from './wires.ts'

export type TalkState = VersionedState<ConversationData>
export interface TalkStore {
  read(id: string): TalkState | undefined | Promise<TalkState | undefined>
  write(id: string, value: TalkState): Promise<void>
  delete(id: string): Promise<void>
}

const bot = new Bot<ConversationFlavor<Context>>(BOT_TOKEN, {
  botInfo: BOT_INFO,
  client: { apiRoot: API_URL },
})

async function dialogue(conversation: Conversation, first: Context): Promise<void> {
  let ctx = first
  for (let n = 0; n < 9; n += 1) {
    const page = peerPage(n, ctx.message?.text)
    await ctx.reply(page.text, {
      link_preview_options: { is_disabled: true },
      reply_markup: keyboardOf(page),
    })
    ctx = await conversation.wait()
  }
}

/** grammY with its conversations plugin: the same dialogue as a function that waits nine times. */
export async function serveGrammyConversations(storage: TalkStore): Promise<void> {
  bot.use(conversations({ storage }))
  bot.use(createConversation(dialogue))
  bot.on('message:text', (ctx) => ctx.conversation.enter('dialogue'))

  await servePeer((server) => {
    server.post(WIRES.telegram.path, webhookCallback(bot, 'fastify', { secretToken: BOT_SECRET }))
  })
}
