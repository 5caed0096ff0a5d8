import { type Bytes, Reader } from '@messlatte/bytes'
import type { HabUnlock } from './facts.ts'

const INSTALL_KEY = 0xbe
const AUTHENTICATE = 0xca
const UNLOCK = 0xb2
const MAX_COMMANDS = 64

/** Flags of Install Key. */
const ABSOLUTE = 1

/** Protocols: of certificates and of signatures. */
export const SRK_TABLE = 0x03
export const X509 = 0x09
export const CMS = 0xc5
export const WRAPPED = 0xbb
export const AEAD = 0xa3

/** Command sequence; NXP, HAB version 4 API reference, "CSF Examples" and "HAB commands". All big endian. */
export type HabCommand =
  | {
      readonly name: 'install-key'
      readonly protocol: number
      /** Where the key that it is verified with is, or of a root key its index in the table. */
      readonly source: number
      readonly target: number
      /** Bytes from the commands; undefined where it is told as an address. */
      readonly at: number | undefined
    }
  | {
      readonly name: 'authenticate'
      readonly slot: number
      readonly protocol: number
      readonly at: number
      /** Addresses. None: the commands themselves. */
      readonly blocks: readonly { readonly start: number; readonly length: number }[]
    }
  | { readonly name: 'unlock'; readonly unlock: HabUnlock }
  | { readonly name: 'other'; readonly tag: number }

/** Reads the commands between `from` and `to`; undefined where they are none. @throws BytesError */
export function readCommands(bytes: Bytes, from: number, to: number): readonly HabCommand[] | undefined {
  const commands: HabCommand[] = []
  for (let at = from + 4; at + 4 <= to && commands.length < MAX_COMMANDS; ) {
    const reader = new Reader(bytes.view(at, 4), 'big')
    const [tag, length, flags] = [reader.u8(), reader.u16(), reader.u8()]
    if (length < 4 || at + length > to) return undefined
    const command = readCommand(tag, flags, bytes.view(at + 4, length - 4))
    if (!command) return undefined
    commands.push(command)
    at += length
  }
  return commands
}

function readCommand(tag: number, flags: number, body: Uint8Array): HabCommand | undefined {
  const reader = new Reader(body, 'big')
  switch (tag) {
    case INSTALL_KEY: {
      if (body.length < 8) return undefined
      const protocol = reader.u8()
      reader.skip(1)
      const [source, target, at] = [reader.u8(), reader.u8(), reader.u32()]
      return { name: 'install-key', protocol, source, target, at: flags & ABSOLUTE ? undefined : at }
    }
    case AUTHENTICATE: {
      if (body.length < 8 || body.length % 8 !== 0) return undefined
      const [slot, protocol] = [reader.u8(), reader.u8()]
      reader.skip(2)
      const at = reader.u32()
      const blocks = Array.from({ length: body.length / 8 - 1 }, () => ({
        start: reader.u32(),
        length: reader.u32(),
      }))
      return { name: 'authenticate', slot, protocol, at, blocks }
    }
    case UNLOCK:
      return body.length < 4
        ? undefined
        : { name: 'unlock', unlock: unlockOf(flags, reader.u32(), body.length > 4) }
    default:
      return { name: 'other', tag }
  }
}

const ENGINES: Readonly<Record<number, { readonly name: string; readonly features: readonly string[] }>> = {
  12: { name: 'SRTC', features: [] },
  29: { name: 'CAAM', features: ['MID', 'RNG', 'MFG'] },
  30: { name: 'SNVS', features: ['LP SWR', 'ZMK WRITE'] },
  33: { name: 'OCOTP', features: ['FIELD RETURN', 'SRK REVOKE', 'SCS', 'JTAG'] },
}
/** What they leave open is the way back to a chip that demands nothing, or into its memory. */
const OPENS = ['FIELD RETURN', 'JTAG']

function unlockOf(engine: number, mask: number, oneUnit: boolean): HabUnlock {
  const known = ENGINES[engine]
  const features = (known?.features ?? []).filter((_, bit) => (mask >>> bit) & 1)
  return {
    engine: known?.name ?? `0x${engine.toString(16)}`,
    features: known && known.features.length > 0 ? features : [`0x${mask.toString(16)}`],
    oneUnit,
    opens: features.some((feature) => OPENS.includes(feature)),
  }
}
