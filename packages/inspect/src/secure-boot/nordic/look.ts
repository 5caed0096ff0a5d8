import { type Bytes, forEachWindow } from '@messlatte/bytes'
import type { Artefact, MapOut } from '../../contract.ts'
import { placeOf } from '../../drafts.ts'
import { pointsIn } from '../signatures/points.ts'
import { parseManifest } from './manifest.ts'
import { MAX_PACKET, parsePacket } from './packet.ts'

/** Bytes: more than the flash of such chips. */
const MAX_FIRMWARE = 4 * 1024 * 1024
const MAX_LOADER = 1024 * 1024
const MAX_MANIFEST = 64 * 1024
const STEP = 256 * 1024

/** Map: manifests, init packets, what they may mean, and keys in boot loaders. */
export function lookAtNordic(artefact: Artefact, out: MapOut): void {
  const { bytes, name, hits } = artefact
  const place = () => placeOf(artefact)
  if (name === 'manifest.json' && bytes.size <= MAX_MANIFEST) {
    const entries = parseManifest(artefact.text())
    if (entries.length > 0) out.fact('boot.nordic.manifest', place(), { entries })
  }
  if (name.endsWith('.dat') && bytes.size <= MAX_PACKET) {
    const packet = parsePacket(bytes.view(0, bytes.size))
    if (packet) out.fact('boot.nordic.packet', place(), packet)
  }
  if (name.endsWith('.bin') && isPackaged(artefact) && bytes.size <= MAX_FIRMWARE)
    out.fact('boot.nordic.firmware', place(), { size: bytes.size, crc16: crc16(bytes) })
  if (hits.length > 0 && bytes.size <= MAX_LOADER) {
    const points = pointsIn(bytes, bytes.size, 'little')
    if (points.length > 0) out.fact('boot.nordic.loader', place(), { points })
  }
}

/** In an archive, or a file of the release: not every file of a root file system. */
function isPackaged({ root }: Artefact): boolean {
  return root === '' || root.endsWith(':zip') || !root.includes('@')
}

/** CRC-16 with the polynomial 0x1021 and the start 0xffff; nRF5 SDK, crc16.c. */
function crc16(bytes: Bytes): number {
  let crc = 0xffff
  forEachWindow(bytes, 0, bytes.size, STEP, 0, (window) => {
    for (const byte of window) {
      crc = ((crc >>> 8) | (crc << 8)) & 0xffff
      crc ^= byte
      crc ^= (crc & 0xff) >>> 4
      crc = (crc ^ (crc << 12)) & 0xffff
      crc = (crc ^ ((crc & 0xff) << 5)) & 0xffff
    }
    return true
  })
  return crc
}
