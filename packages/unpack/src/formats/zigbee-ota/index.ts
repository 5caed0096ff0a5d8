import type { Bytes } from '@messlatte/bytes'
import type { ContainerFormat, Region, Sink } from '../../contract.ts'
import { announced, type StoredMember, storedAsIs } from '../members.ts'
import { elementsOf, MAGIC, nameOfTag, parseZigbeeOta, type ZigbeeOtaHeader } from './parse.ts'

export const zigbeeOta: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'zigbee-ota',
  title: 'Zigbee OTA upgrade file',
  references: ['Zigbee Cluster Library Specification (Connectivity Standards Alliance), section 11.4'],
  limits: ['signatures and certificates are shown, not verified'],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const header = parseZigbeeOta(bytes, at)
    if (!header || (at > 0 && !isWhole(bytes, at, header))) return undefined
    return { start: at, end: Math.min(at + header.size, bytes.size) }
  },

  ...storedAsIs(membersOf),
}

/**
 * Whether elements make up all of the file at `at`. Firmware for NXP's JN51xx carries a copy of its own file's header, to
 * compare updates with it: no file begins there.
 */
function isWhole(bytes: Bytes, at: number, { headerBytes, size }: ZigbeeOtaHeader): boolean {
  const end = at + size
  if (end > bytes.size) return false
  let done = at + headerBytes
  for (const element of elementsOf(bytes, done, end)) {
    if (element.length === 0) return false
    done = element.at + element.length
  }
  return done === end
}

function* membersOf(bytes: Bytes, { start }: Region, problem: Sink['problem']): Generator<StoredMember> {
  const { headerBytes, size } = parseZigbeeOta(bytes, start) as ZigbeeOtaHeader
  const end = start + size
  if (end > bytes.size) problem('truncated', `${size} bytes are announced, ${bytes.size - start} are there`)
  const taken = new Set<string>()
  let done = start + headerBytes
  for (const { tag, at, length } of elementsOf(bytes, done, end)) {
    const name = nameOfTag(tag)
    const unique = taken.has(name) ? `${name}-0x${(at - start).toString(16)}` : name
    taken.add(name)
    yield announced(bytes, unique, { at, length }, problem)
    done = at + length
  }
  // Some makers put their image there without an element around it.
  if (done < Math.min(end, bytes.size))
    yield announced(bytes, 'without-element', { at: done, length: end - done }, problem)
}
