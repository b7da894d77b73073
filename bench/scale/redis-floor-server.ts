import { serveFloor } from '../webhook/floor.ts'
import { openRedisBytes } from './redis-peer-store.ts'

await serveFloor(await openRedisBytes())
