import { Bot, type Context, session, type SessionFlavor, webhookCallback } from 'grammy'
import { keyboardOf, peerPage } from './dialogue.ts'
import { BOT_INFO } from './bot-info.ts'
import { API_URL, DATA_FOLDER, servePeer } from './peer-server.ts'
import { openJsonStore } from './peer-store.ts'
import { BOT_SECRET, BOT_TOKEN, WIRES } from './wires.ts'

/** grammY with its session plugin: the page where a person is, kept in a session, and a dialogue written by hand. */
interface Talk {
  page: number
}

const bot = new Bot<Context & SessionFlavor<Talk>>(BOT_TOKEN, {
  botInfo: BOT_INFO,
  client: { apiRoot: API_URL },
})
bot.use(session({ initial: (): Talk => ({ page: 0 }), storage: openJsonStore<Talk>(DATA_FOLDER) }))
bot.on('message:text', async (ctx) => {
  const page = peerPage(ctx.session.page, ctx.message.text)
  ctx.session.page += 1
  await ctx.reply(page.text, { link_preview_options: { is_disabled: true }, reply_markup: keyboardOf(page) })
})

await servePeer((server) => {
  server.post(WIRES.telegram.path, webhookCallback(bot, 'fastify', { secretToken: BOT_SECRET }))
})
