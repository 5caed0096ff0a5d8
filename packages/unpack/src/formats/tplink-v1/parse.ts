import { type Bytes, cString, latin1, Reader } from '@messlatte/bytes'
import { isTplinkText, readTplinkParts, TPLINK_HEADER, type TplinkParts } from '../tplink-parts.ts'

const VERSIONS = ['\x01\x00\x00\x00', '\x02\x00\x00\x00'] as const
/** The version alone is no magic: it is sought with the names that vendors write behind it. */
export const MAGICS = ['TP-LINK Technologies', 'OpenWrt'].flatMap((vendor) =>
  VERSIONS.map((version) => version + vendor),
)

/** The salts are the same in all devices (OpenWrt, mktplinkfw.c). */
export const SALTS = {
  md5At: 0x4c,
  normal: 'dcd73aa5c39598fbddf9e7f40eae4738',
  withBootloader: '8cef335bd5c5cefaa79c28dab2e90f42',
}

/** TP-Link header of the first layout, which the versions 1 and 2 share (OpenWrt, mktplinkfw.c), big endian. */
export interface TplinkV1Header extends TplinkParts {
  /** Byte strings. */
  readonly vendor: string
  readonly firmwareVersion: string
  readonly hardwareId: number
  readonly hardwareRevision: number
  /** 0 is everywhere. */
  readonly regionCode: number
}

/** The header at `at`, or undefined for what is none. */
export function parseTplinkV1(bytes: Bytes, at: number): TplinkV1Header | undefined {
  if (at + TPLINK_HEADER > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, TPLINK_HEADER), 'big')
  const magic = reader.latin1(4)
  if (!VERSIONS.some((version) => version === magic)) return undefined
  const [vendor, firmwareVersion] = [reader.take(24), reader.take(36)]
  if (!isTplinkText(latin1(vendor)) || !isTplinkText(latin1(firmwareVersion))) return undefined
  const [hardwareId, hardwareRevision, regionCode] = [reader.u32(), reader.u32(), reader.u32()]
  const md5 = Buffer.from(reader.take(16)).toString('hex')
  reader.skip(4 + 16 + 4)
  const parts = readTplinkParts(reader, at, md5)
  return (
    parts && {
      ...parts,
      vendor: cString(vendor),
      firmwareVersion: cString(firmwareVersion),
      hardwareId,
      hardwareRevision,
      regionCode,
    }
  )
}
