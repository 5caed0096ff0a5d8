import { inlaySuite } from '../../testing/inlays.ts'
import { wasm } from './index.ts'

inlaySuite(wasm, ['named.wasm', 'plain.wasm'])
