import type { Bytes } from '@messlatte/bytes'
import {
  digestOfMediatek,
  type MediatekPreloader,
  parseMediatekPartition,
  parseMediatekPreloader,
} from '@messlatte/unpack'
import { type BootHeader, hex32 } from './header.ts'

const FILE_INFO = 0x38
const PARTITION = 512

/** U-Boot, tools/mtk_image.h: a device header with its layout, or the chain of headers by itself. */
export function readMediatekPreloader(bytes: Bytes): BootHeader | undefined {
  const image = parseMediatekPreloader(bytes, 0)
  if (!image) return undefined
  const { headersAt, totalSize, signatureType: type, security } = image
  const digest = digestOfMediatek(bytes, image)
  return {
    name: { en: 'boot header of MediaTek', de: 'Boot-Kopf von MediaTek' },
    at: headersAt,
    length: FILE_INFO,
    level: levelOf(image, digest),
    fields: {
      device: image.device ?? null,
      fileType: image.fileType,
      flashType: image.flashType,
      signatureType: type,
      loadAddress: hex32(image.loadAddress),
      totalSize,
      headerSize: image.headerSize,
      signatureSize: image.signatureSize,
      digest: digest ?? null,
      ...security,
    },
    notVerified: notVerifiedOf(type, digest),
    repeat:
      type === 1
        ? `tail -c +${headersAt + 1} FILE | head -c ${totalSize - 32} | sha256sum; it is to be the 32 bytes that follow`
        : `xxd -s ${headersAt} -l ${FILE_INFO} FILE; the fields stand in tools/mtk_image.h of U-Boot; MediaTek's tools verify a signature`,
  }
}

function levelOf({ signatureType }: MediatekPreloader, digest: string | undefined): BootHeader['level'] {
  if (signatureType === 0 || digest === 'mismatch') return 'E0'
  return signatureType === 1 ? 'E2' : 'E3'
}

function notVerifiedOf(type: number, digest: string | undefined): readonly string[] {
  if (type > 1) return [`signature of type ${type}`, 'digest of its key']
  return type === 1 && digest === undefined ? ['SHA-256: its data are not all here'] : []
}

/** An image for the boot loader with certificates of the same layout behind it. */
export function readMediatekPartition(bytes: Bytes): BootHeader | undefined {
  const [image, certificate] = parseMediatekPartition(bytes, 0) ?? []
  if (!image || certificate?.name !== 'cert1') return undefined
  const certificateAt = certificate.at - PARTITION
  return {
    name: { en: 'partition header of MediaTek', de: 'Partitionskopf von MediaTek' },
    at: 0,
    length: PARTITION,
    level: 'E3',
    fields: { name: image.name, size: image.size, certificateAt, certificateSize: certificate.size },
    notVerified: ['certificate cert1', 'certificate cert2', 'digest of the image'],
    repeat: `xxd -l 64 FILE; xxd -s ${certificateAt} -l 64 FILE; openssl asn1parse -inform DER over what follows`,
  }
}
