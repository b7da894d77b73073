import { serveGrammyConversations, type TalkState } from '../webhook/grammy-conversations.ts'
import { openRedisJson } from './redis-peer-store.ts'

await serveGrammyConversations(await openRedisJson<TalkState>())
