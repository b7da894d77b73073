import { openRedisConversations } from '../../src/storage/redis/conversations/redis-conversations.ts'
import { conversationsContract } from './contract.ts'
import { leasesContract } from './leases-contract.ts'
import { redisHere } from './redis-stores.ts'

const redis = redisHere()

const onAServer = async () => {
  const store = openRedisConversations(await redis.empty())
  return { store, done: () => store.close() }
}

conversationsContract('Redis', onAServer)
leasesContract('Redis', onAServer)
