import type { Counters } from '@messlatte/unpack'

/** Where work is counted; throws where it is too much. */
export type Work = Pick<Counters, 'addBytes'>
