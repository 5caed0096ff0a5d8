import { describe } from 'vitest'
import { streamSuite } from '../../testing/streams.ts'
import { lz4 } from './index.ts'

describe('lz4', () => {
  streamSuite(lz4, (name) => name !== 'legacy.lz4')
})
