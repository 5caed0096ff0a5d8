import { type Bytes, latin1 } from '@messlatte/bytes'
import type { Stored } from '../members.ts'

export const MAGIC = '#!/bin/sh\n'
const FIRMWARE = '\n=== Firmware Boundary ===\n'
const TOOL = '\n=== ddPack Boundary ===\n'
const TEXT_BEGIN = 'begin-base64'
const TEXT_END = '\n===='
/** Bytes of the script and the tool behind it. */
const MAX_HEAD = 1024 * 1024
/** What some images begin with, all bits the other way round. */
const INVERTED = Buffer.from('REDSONIC').map((byte) => byte ^ 0xff)

export interface AlphaScript {
  readonly script: Stored
  /** Base64 of the program that the script writes the image with. */
  readonly tool: Stored | undefined
  readonly imageAt: number
  /** All bits of the image are the other way round. */
  readonly inverted: boolean
}

/** Source: fact_extractor, plugins/unpacking/alphanetworks/code/alphanetworks.py. @throws BytesError */
export function readAlphaScript(bytes: Bytes, at: number): AlphaScript | undefined {
  const text = latin1(bytes.view(at, Math.min(MAX_HEAD, bytes.size - at)))
  const border = text.startsWith(MAGIC) ? text.indexOf(FIRMWARE) : -1
  const imageAt = at + border + FIRMWARE.length
  if (border < 0) return undefined
  const toolBorder = text.lastIndexOf(TOOL, border)
  const length = (toolBorder < 0 ? border : toolBorder) + 1
  // A script has neither; nor has what stands before the first border.
  if (/[^\t\n\r -~\x80-\xff]/.test(text.slice(0, length))) return undefined
  const start = latin1(bytes.view(imageAt, Math.min(INVERTED.length, bytes.size - imageAt)))
  return {
    script: { at, length },
    tool: toolBorder < 0 ? undefined : textWithin(text, toolBorder + TOOL.length, border, at),
    imageAt,
    inverted: start === latin1(INVERTED),
  }
}

function textWithin(text: string, from: number, to: number, at: number): Stored | undefined {
  const first = text.indexOf('\n', from) + 1
  const last = text.indexOf(TEXT_END, first)
  return text.startsWith(TEXT_BEGIN, from) && first > from && last > first && last <= to
    ? { at: at + first, length: last - first }
    : undefined
}
