import { describe } from 'vitest'
import { streamSuite } from '../../testing/streams.ts'
import { zstd } from './index.ts'

describe('zstd', () => {
  streamSuite(zstd, () => true)
})
