import { describe } from 'vitest'
import { streamSuite } from '../../testing/streams.ts'
import { lzma } from './index.ts'

describe('lzma', () => {
  streamSuite(lzma, () => false)
})
