import type { Bytes } from '@messlatte/bytes'
import type { ContainerFormat, Region, Sink } from '../../contract.ts'
import { type InodeFile, inodeFiles } from '../inode-files.ts'
import { type Layout, readLayout } from './layout.ts'
import { udfRegion } from './region.ts'
import { Volume } from './volume.ts'

/** What announces it stands in the first sector of its list, or behind those of an ISO 9660 volume. */
const ANNOUNCED = '\0BEA01\x01'
const [SEQUENCE_AT, STEP, PLACES] = [0x8000, 2048, 8]

export const udf: ContainerFormat<readonly InodeFile[]> = {
  kind: 'container',
  name: 'udf',
  title: 'UDF (discs and sticks; with virtual, sparable and metadata partitions)',
  references: [
    'ECMA-167, Volume and File Structure for Write-Once and Rewritable Media, 3rd edition',
    'OSTA, Universal Disk Format Specification 2.60',
  ],
  limits: [
    'named streams and extended attributes are not shown',
    'where Rock Ridge tells of the same files, as on discs for two kinds of systems, that is what is read',
    'volumes of several discs, and those whose first anchor lies elsewhere than at block 256 or 512, are not recognised',
    'of entries that were written over on discs that are written once (strategy 4096), the first one counts',
    'partitions of metadata, and moved packets, were tried on patched images only',
  ],
  magic: Array.from({ length: PLACES }, (_, index) => ({ bytes: ANNOUNCED, at: SEQUENCE_AT + index * STEP })),
  carve: true,

  recognise: udfRegion,

  ...inodeFiles(
    (bytes: Bytes, region: Region, spend: Sink['spend']) =>
      new Volume(bytes, region, readLayout(bytes, region.start) as Layout, spend),
  ),
}
