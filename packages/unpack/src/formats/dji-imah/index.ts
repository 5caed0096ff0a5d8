import type { ContainerFormat } from '../../contract.ts'
import { announced, distinctPaths, showStored, wordSum, wrapped } from '../members.ts'
import { type ChunkCipher, cipherOf, writeChunk } from './cipher.ts'
import { type Imah, MAGIC, parseImah } from './parse.ts'

interface Member {
  readonly path: string
  readonly at: number
  readonly length: number
  readonly cipher: ChunkCipher | undefined
}

export const djiImah: ContainerFormat<readonly Member[]> = {
  kind: 'container',
  name: 'dji-imah',
  title: 'DJI signed image (IM*H: drones, cameras and goggles since 2016; with published keys)',
  references: ['dji-firmware-tools (github.com/o-gs/dji-firmware-tools), dji_imah_fwsig.py'],
  limits: [
    'decrypted where a published key fits, or in version 2 one of 16 bytes that is handed in: which one it is, the sum of what comes out tells',
    'in versions 0 and 1, where nothing tells it, only what is encrypted with a name that has one key alone is decrypted',
    'the signature is shown, not verified',
  ],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const image = parseImah(bytes, at)
    return image && { start: at, end: Math.min(image.end, bytes.size) }
  },

  *open(bytes, { start }, problem, keys) {
    const image = parseImah(bytes, start) as Imah
    if (
      image.version === 2 &&
      image.end <= bytes.size &&
      !storedSumHolds(image, start, (at, length) => wordSum(bytes, at, length))
    )
      problem('checksum', 'the sum of what is stored differs')
    const ciphers = cipherOf(
      bytes,
      image,
      keys.map((key) => key.bytes),
    )
    const distinct = distinctPaths()
    const plan = image.chunks.map((chunk): Member => {
      const path = distinct(chunk.id === '' ? 'chunk' : chunk.id, chunk.at - start)
      const cipher = ciphers?.get(chunk)
      if (chunk.encrypted && !cipher) problem('unsupported', `encrypted with ${image.keyName}`, path)
      return { path, at: chunk.at, length: chunk.length, cipher }
    })
    const signature = { ...image.signature, path: 'signature', cipher: undefined }
    yield { cost: image.payload.length, entries: plan.length + 1, plan: [...plan, signature] }
  },

  read(bytes, _region, plan, sink) {
    for (const { path, at, length, cipher } of plan) {
      if (!cipher) {
        showStored(announced(bytes, path, { at, length }, sink.problem), sink)
        continue
      }
      const end = cipher.stored.at + cipher.stored.length
      if (end > bytes.size) sink.problem('truncated', 'the image ends within this content', path)
      sink.stream(wrapped(path), (write) => {
        writeChunk(bytes, cipher, length, write)
        return { end: Math.min(end, bytes.size), checksum: 'none' }
      })
    }
  },
}

const SUM_AT = 108

/** Headers without the sum itself, and the payload; the signature between them does not count. */
function storedSumHolds(image: Imah, start: number, sumOf: (at: number, length: number) => number): boolean {
  const { signature, payload, storedSum } = image
  const before = sumOf(start, SUM_AT)
  const behind = sumOf(start + SUM_AT + 4, signature.at - start - SUM_AT - 4)
  return (before + behind + sumOf(payload.at, payload.length) + storedSum) % 2 ** 32 === 0
}
