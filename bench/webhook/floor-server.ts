import { serveFloor } from './floor.ts'
import { DATA_FOLDER } from './peer-server.ts'
import { openPeerStore } from './peer-store.ts'

await serveFloor(openPeerStore<Uint8Array>(DATA_FOLDER))
