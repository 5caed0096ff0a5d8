import { readSync, writeSync } from 'node:fs'

/** Frames between the sandbox and its parent: u32 little-endian length, u8 kind, payload. */
export type FrameKind = 'result' | 'pulse' | 'now' | 'job' | 'entry' | 'content'

const KINDS: readonly FrameKind[] = ['result', 'pulse', 'now', 'job', 'entry', 'content']
const HEADER = 5

/** Writes frames to an inherited descriptor; blocks while the other side is slower. */
export interface Channel {
  json(kind: FrameKind, value: unknown): void
  bytes(kind: FrameKind, content: Uint8Array): void
}

export function openChannel(descriptor: number): Channel {
  function bytes(kind: FrameKind, content: Uint8Array): void {
    const header = frameHeader(kind, content.length)
    // Short messages go out in one call, so that they arrive even if the process dies right behind it.
    if (content.length < 4096) {
      writeAll(descriptor, Buffer.concat([header, content]))
      return
    }
    writeAll(descriptor, header)
    writeAll(descriptor, content)
  }
  return { bytes, json: (kind, value) => bytes(kind, Buffer.from(JSON.stringify(value), 'utf8')) }
}

export function frameHeader(kind: FrameKind, length: number): Buffer {
  const header = Buffer.alloc(HEADER)
  header.writeUInt32LE(length, 0)
  header.writeUInt8(KINDS.indexOf(kind), 4)
  return header
}

function writeAll(descriptor: number, content: Uint8Array): void {
  for (let done = 0; done < content.length; )
    done += writeSync(descriptor, content, done, content.length - done)
}

/** Takes frames apart that arrive in pieces. */
export function frameParser(onFrame: (kind: FrameKind, payload: Buffer) => void): (piece: Buffer) => void {
  let pieces: Buffer[] = []
  let have = 0
  let need = HEADER
  return (piece) => {
    pieces.push(piece)
    have += piece.length
    while (have >= need) {
      const all = pieces.length === 1 ? (pieces[0] as Buffer) : Buffer.concat(pieces)
      const total = HEADER + all.readUInt32LE(0)
      pieces = [all]
      need = total
      if (have < total) return
      onFrame(frameKind(all.readUInt8(4)), all.subarray(HEADER, total))
      pieces = [all.subarray(total)]
      have -= total
      need = HEADER
    }
  }
}

/** Waits for the next frame of an inherited descriptor; undefined at its end. */
export function readFrame(descriptor: number): { kind: FrameKind; payload: Buffer } | undefined {
  const header = readFully(descriptor, HEADER)
  if (!header) return undefined
  const payload = readFully(descriptor, header.readUInt32LE(0))
  return payload && { kind: frameKind(header.readUInt8(4)), payload }
}

function readFully(descriptor: number, length: number): Buffer | undefined {
  const buffer = Buffer.allocUnsafeSlow(length)
  for (let done = 0; done < length; ) {
    const got = readSync(descriptor, buffer, done, length - done, null)
    if (got === 0) return undefined
    done += got
  }
  return buffer
}

function frameKind(index: number): FrameKind {
  const kind = KINDS[index]
  if (!kind) throw new Error(`an unknown frame kind ${index}`)
  return kind
}
