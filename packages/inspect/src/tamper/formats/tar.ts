import type { Bytes } from '@messlatte/bytes'
import { walkTar } from '@messlatte/unpack'
import { NotMade, text } from '../contract.ts'
import type { Rope } from '../rope.ts'

const BLOCK = 512
const MOST_MEMBERS = 10_000
/** Of a header: size and sum of its bytes, octal. */
const SIZE = { at: 124, length: 12 } as const
const SUM = { at: 148, length: 8 } as const

export interface TarPart {
  readonly name: string
  /** Of the content, in bytes. */
  readonly at: number
  readonly length: number
}

export function tarParts(bytes: Bytes): readonly TarPart[] {
  const parts: TarPart[] = []
  for (const { name, contentAt, size } of walkTar(bytes, 0, () => undefined)) {
    if (parts.length >= MOST_MEMBERS || contentAt + size > bytes.size) break
    parts.push({ name, at: contentAt, length: size })
  }
  return parts
}

/** A member with other content: its header is put right, and what follows moves. @throws NotMade */
export function replaceInTar(rope: Rope, name: string, content: Uint8Array): Rope {
  const part = tarParts(rope).find((one) => one.name === name)
  if (!part) throw new NotMade(text(`There is no ${name} in it.`, `Es gibt kein ${name} darin.`))
  const padding = Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK)
  const old = Math.ceil(part.length / BLOCK) * BLOCK
  const replaced = rope.splice(part.at, old, Buffer.concat([content, padding]))
  return replaced.write(part.at - BLOCK, headerWith(rope.view(part.at - BLOCK, BLOCK), content.length))
}

/** Takes a member out, with its header. */
export function dropFromTar(rope: Rope, name: string): Rope {
  const part = tarParts(rope).find((one) => one.name === name)
  if (!part) throw new NotMade(text(`There is no ${name} in it.`, `Es gibt kein ${name} darin.`))
  return rope.splice(part.at - BLOCK, BLOCK + Math.ceil(part.length / BLOCK) * BLOCK)
}

function headerWith(old: Uint8Array, size: number): Buffer {
  const header = Buffer.from(old)
  header.write(`${size.toString(8).padStart(SIZE.length - 1, '0')}\0`, SIZE.at, 'latin1')
  header.fill(' ', SUM.at, SUM.at + SUM.length)
  const sum = header.reduce((all, byte) => all + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, SUM.at, 'latin1')
  return header
}
