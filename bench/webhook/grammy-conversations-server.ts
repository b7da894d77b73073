import { serveGrammyConversations, type TalkState } from './grammy-conversations.ts'
import { DATA_FOLDER } from './peer-server.ts'
import { openJsonStore } from './peer-store.ts'

await serveGrammyConversations(openJsonStore<TalkState>(DATA_FOLDER))
