import { describe } from 'vitest'
import { streamSuite } from '../../testing/streams.ts'
import { xz } from './index.ts'

describe('xz', () => {
  streamSuite(xz, () => true)
})
