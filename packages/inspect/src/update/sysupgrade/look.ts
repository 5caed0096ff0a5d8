import type { Bytes } from '@messlatte/bytes'
import { type FwtoolChunk, fwtoolTail, readUcert, type UcertElement } from '@messlatte/unpack'
import type { Artefact, MapOut } from '../../contract.ts'
import { placeOf } from '../../drafts.ts'
import { isObject, parseObject, textsOf } from '../package/json.ts'
import type { ChainElement, SysupgradeFact } from './facts.ts'

/** Files in the open, and those with the endings of OpenWrt's images. */
export const IMAGES: readonly RegExp[] = [
  /^[^/]+$/,
  /\.(?:bin|chk|dni|fit|gz|img|itb|pkg|rbi|tar|trx|ubi|ubin|web)$/,
]

/** Map: what fwtool appended to an image. */
export function lookAtSysupgrade(artefact: Artefact, out: MapOut): void {
  const { bytes } = artefact
  const chunks = artefact.type === 'file' ? fwtoolTail(bytes) : []
  // A file that is nothing but chunks was made by hand: there is no image to speak of.
  if (chunks.length === 0) return
  out.pin(artefact)
  out.fact('update.sysupgrade', placeOf(artefact), {
    metadata: metadataIn(
      bytes,
      chunks.findLast(({ type }) => type === 'metadata'),
    ),
    sums: chunks.map(({ type, trailerAt, crc }) => ({ name: type, at: trailerAt, crc })),
    signature: signatureIn(bytes, chunks),
  })
}

function contentOf(bytes: Bytes, { content }: FwtoolChunk): Buffer {
  return Buffer.from(bytes.view(content.at, content.length))
}

function metadataIn(bytes: Bytes, chunk: FwtoolChunk | undefined): SysupgradeFact['metadata'] {
  const json = chunk && parseObject(contentOf(bytes, chunk).toString('utf8').replace(/\0+$/, ''))
  if (!json) return undefined
  const version = Object.entries(isObject(json.version) ? json.version : {}).flatMap(([name, value]) => {
    const [text] = textsOf(value)
    return text === undefined ? [] : [[name.slice(0, 40), text] as const]
  })
  return {
    devices: textsOf(json.supported_devices),
    newDevices: textsOf(json.new_supported_devices),
    compatibility: textsOf(json.compat_version)[0],
    version: Object.fromEntries(version.slice(0, 20)),
  }
}

/** fwtool looks from the end, and stops at metadata: only a signature that comes last is one for devices. */
function signatureIn(bytes: Bytes, chunks: readonly FwtoolChunk[]): SysupgradeFact['signature'] {
  const last = chunks.findLast(({ type }) => type === 'signature')
  if (!last) return undefined
  return {
    at: last.start,
    chain: readUcert(contentOf(bytes, last)).map(elementOf),
    isHidden: last !== chunks.at(-1),
  }
}

function elementOf({ signature, payload, certificate }: UcertElement): ChainElement {
  const { type, validFrom, expires, publicKey } = certificate ?? {}
  return {
    signature: base64(signature),
    ...(payload ? { payload: base64(payload) } : {}),
    ...(type === undefined ? {} : { type }),
    ...(validFrom === undefined ? {} : { validFrom }),
    ...(expires === undefined ? {} : { expires }),
    ...(publicKey === undefined ? {} : { publicKey }),
  }
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64')
}
