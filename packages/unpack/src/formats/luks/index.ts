import { type Bytes, forEachWindow } from '@messlatte/bytes'
import type { ContainerFormat, Region, Sink } from '../../contract.ts'
import { announced, showStored, wrapped } from '../members.ts'
import { type Luks, MAGIC, parseLuks } from './parse.ts'
import { SECTOR, sectorCipher } from './sectors.ts'
import { readSlots } from './slots.ts'
import { unlock } from './unlock.ts'

const PAYLOAD = 'payload'
/** A whole number of sectors of any size. */
const WINDOW = 256 * 1024

/** A volume is one piece of work: which passphrase fits is only found once. */
export const luks: ContainerFormat<'whole'> = {
  kind: 'container',
  name: 'luks',
  title: 'LUKS encrypted volume, versions 1 and 2',
  references: [
    'LUKS1 On-Disk Format Specification 1.2.3',
    'LUKS2 On-Disk Format Specification 1.1.3',
    'Linux kernel, Documentation/admin-guide/device-mapper/dm-crypt.rst',
  ],
  limits: [
    'decrypted where it is AES in XTS or CBC mode with plain, plain64 or ESSIV (SHA-256) vectors, and where a key handed in is a passphrase or the content of a key file',
    'passphrases whose derivation takes more than 1 GiB or 20 million rounds are not tried',
    'a volume whose header does not tell its size takes all that follows where it begins a file or content; elsewhere it ends with its keys, and what follows is told as a stretch of its own',
    'second headers, headers that lie apart from their volume, volumes with integrity tags, and those that are being encrypted anew are not opened',
  ],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const volume = parseLuks(bytes, at)
    return volume && { start: at, end: payloadOf(bytes, at, volume).end }
  },

  *open(_bytes, { start, end }) {
    yield { cost: end - start, entries: 2, plan: 'whole' }
  },

  read(bytes, { start }, _plan, sink) {
    const volume = parseLuks(bytes, start) as Luks
    const { cipher, json } = volume
    if (json && !json.intact) sink.problem('checksum', 'the SHA-256 of the header differs')
    if (json) sink.slice(wrapped('header.json'), start + json.at, json.length)
    const payload = payloadOf(bytes, start, volume)
    if (payload.end === payload.start) {
      sink.problem('unsupported', `what follows is encrypted with ${cipher}; where it ends is not told`)
      return
    }
    const key = keyOf(bytes, start, volume, sink)
    const decrypt = key && sectorCipher(cipher, key, volume.sectorSize)
    if (decrypt) {
      sink.stream(wrapped(PAYLOAD), (write) => {
        forEachWindow(bytes, payload.start, payload.end, WINDOW, 0, (window, at) => {
          const data = Buffer.from(window)
          decrypt(data, volume.firstSector + (at - payload.start) / SECTOR)
          write(data)
          return true
        })
        return { end: payload.end, checksum: 'none' }
      })
      return
    }
    if (key) sink.problem('unsupported', `encrypted with ${cipher}, which is not read here`, PAYLOAD)
    const length = volume.payloadSize ?? payload.end - payload.start
    showStored(announced(bytes, PAYLOAD, { at: payload.start, length }, sink.problem), sink)
  },
}

/** Empty where nothing tells its end. */
function payloadOf(bytes: Bytes, start: number, { payloadAt, payloadSize }: Luks): Region {
  const from = Math.min(start + payloadAt, bytes.size)
  const rest = start === 0 ? bytes.size - from : 0
  return { start: from, end: Math.min(from + (payloadSize ?? rest), bytes.size) }
}

function keyOf(bytes: Bytes, start: number, volume: Luks, sink: Sink): Uint8Array | undefined {
  const { cipher } = volume
  const slots = readSlots(bytes, start, volume)
  if (typeof slots === 'string') {
    sink.problem('unsupported', `encrypted with ${cipher}; ${slots}`, PAYLOAD)
    return undefined
  }
  const { key, untried } = unlock(bytes, start, slots, sink.keys)
  if (key) return key
  const why =
    sink.keys.length === 0
      ? '; --key FILE opens it with a passphrase'
      : '; none of the keys handed in opens it'
  sink.problem('unsupported', `encrypted with ${cipher}${why}`, PAYLOAD)
  for (const reason of untried) sink.problem('unsupported', `not tried: ${reason}`, PAYLOAD)
  return undefined
}
