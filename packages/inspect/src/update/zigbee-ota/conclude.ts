import type { Fact, Facts, ReduceOut } from '../../contract.ts'
import { toldByImage } from '../package/carried.ts'
import { type Package, packageEvidence } from '../package/evidence.ts'
import '../vendor-image/facts.ts'
import './facts.ts'
import { ZIGBEE_OTA } from './scheme.ts'

/** Reduce: what the file says, and whether the image inside tells more. */
export function concludeZigbeeOta(facts: Facts, out: ReduceOut): void {
  // Images of NXP's chips begin with a header of their own.
  for (const file of facts.of('update.zigbee-ota'))
    if (!file.place.path.includes(':zigbee-ota/'))
      for (const draft of packageEvidence(packageOf(file, facts))) out.evidence(draft)
}

function packageOf({ place, data }: Fact<'update.zigbee-ota'>, facts: Facts): Package {
  return {
    scheme: ZIGBEE_OTA,
    place,
    // Certificates are implicit (ECQV): the key of the authority is needed to have the signer's, and no tool tells whether it is right.
    finding: data.signatures.length > 0 ? { result: 'unknown', why: 'algorithm' } : undefined,
    otherwise: data.integrity === 'same' ? 'E2' : 'E0',
    ...toldByImage(place.path, facts),
    differing: [],
    uncovered: [],
    gaps: [],
    covers: [{ path: place.path, stage: 'update', name: 'ota' }],
    rollback: [{ name: 'file-version', value: data.fileVersion, signed: data.signatures.length > 0 }],
    description: {
      manufacturer: hex(data.manufacturer, 4),
      imageType: hex(data.imageType, 4),
      fileVersion: hex(data.fileVersion, 8),
      title: data.title,
      hardware: data.hardware ? { least: data.hardware.least, most: data.hardware.most } : null,
      destination: data.destination ?? null,
      securityCredential: data.securityCredential ?? null,
      elements: [...data.elements],
      signatures: data.signatures.map(({ signer, curve }) => ({ signer, curve, verified: false })),
      integrityCode: data.integrity ?? null,
      header: data.signatures.length > 0 ? 'under the signature' : 'not signed',
      whole: !data.cut,
      repeat: ZIGBEE_OTA.repeat,
    },
  }
}

function hex(value: number, digits: number): string {
  return `0x${value.toString(16).padStart(digits, '0')}`
}
