import { openRedisConversations } from '../../src/storage/redis/redis-conversations.ts'
import { conversationsContract } from './contract.ts'
import { redisHere } from './redis-stores.ts'

const redis = redisHere()

conversationsContract('Redis', async () => {
  const store = openRedisConversations(await redis.empty())
  return { store, done: () => store.close() }
})
