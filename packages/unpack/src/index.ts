export type * from './contract.ts'
export { FormatError, VERITY } from './contract.ts'
export { digestOf } from './digest.ts'
export { type Channel, openChannel } from './engine/channel.ts'
export type { RunEnd } from './engine/coordinator.ts'
export type { ReleaseFile } from './engine/protocol.ts'
export type { Mapper } from './engine/worker.ts'
export { describeBytes } from './entropy.ts'
export type {
  Manifest as PayloadManifest,
  Operation as PayloadOperation,
  PartitionUpdate as PayloadPartition,
} from './formats/android-payload/manifest.ts'
export { type Payload, parsePayload, payloadSignatures } from './formats/android-payload/parse.ts'
export { type ApkPart, type ApkSignature, apkParts, apkSignatures, isApk } from './formats/apk/parse.ts'
export { type ApkContents, compareContents as compareApkV3 } from './formats/apk-v3/digests.ts'
export { parseApkV3 } from './formats/apk-v3/parse.ts'
export type { AvbDescriptor, AvbHash, AvbHashtree } from './formats/avb-vbmeta/descriptors.ts'
export {
  type AvbAlgorithm,
  type AvbFooter,
  type AvbKey,
  parseAvbFooter,
  parseAvbKey,
  parseVbmeta,
  type Vbmeta,
  vbmetaOfPartition,
} from './formats/avb-vbmeta/parse.ts'
export { sumOf as cpioSum, walkCpio } from './formats/cpio/parse.ts'
export { parseEbl } from './formats/ebl/parse.ts'
export {
  type ElfDynamicEntry,
  type ElfLinkage,
  elfBuildId,
  elfDynamic,
  elfLinkage,
  offsetOf as elfOffsetOf,
} from './formats/elf/dynamic.ts'
export {
  type Elf,
  type ElfSection,
  type ElfSegment,
  parseElf,
  SECTION,
  SEGMENT,
} from './formats/elf/parse.ts'
export { dynamicSymbols, type ElfSymbol, staticSymbols } from './formats/elf/symbols.ts'
export { findEspFlash } from './formats/esp-flash/find.ts'
export { type EspImage, parseEspImage } from './formats/esp-image/parse.ts'
export { type EspSignature, type EspSignatureBlock, findEspSignature } from './formats/esp-image/signature.ts'
export { parseOtaSelect } from './formats/esp-otadata/parse.ts'
export { findFlashStart, holdsItsKind } from './formats/esp-partition-table/flash.ts'
export { ESP_ENCRYPTION, type EspFlashEncryption } from './formats/esp-partition-table/members.ts'
export { parsePartitionTable } from './formats/esp-partition-table/parse.ts'
export { signedFitRegion } from './formats/fdt/damaged.ts'
export {
  type Fdt,
  type FdtHeader,
  type FdtNode,
  type FdtProperty,
  type FdtToken,
  fdtCell,
  fdtIsDisabled,
  fdtNode,
  fdtNodes,
  fdtProperty,
  fdtStrings,
  fdtValue,
  parseFdt,
  parseFdtHeader,
  readFdt,
} from './formats/fdt/parse.ts'
export { type Fip, type FipImage, parseFip } from './formats/fip/parse.ts'
export { type FitImage, fitImages, isFit } from './formats/fit/parse.ts'
export { type FwtoolChunk, fwtoolTail } from './formats/fwtool/parse.ts'
export { readUcert, type Ucert, type UcertElement } from './formats/fwtool/ucert.ts'
export { type Gbl, KIND as GBL_KIND, parseGbl } from './formats/gbl/parse.ts'
export { type GptIdentity, gptIdentities } from './formats/gpt/parse.ts'
export { type AhabContainer, type AhabEntry, parseAhab } from './formats/imx-ahab/parse.ts'
export { type HabImage, parseHab } from './formats/imx-hab/parse.ts'
export { FORMATS } from './formats/index.ts'
export { type FlashRegion, parseFlashDescriptor } from './formats/intel-flash/parse.ts'
export { hashOfType as matterHash, type MatterOtaHeader, parseMatterOta } from './formats/matter-ota/parse.ts'
export {
  findSlotEnd,
  type McubootImage,
  type McubootTlv,
  parseMcuboot,
} from './formats/mcuboot/parse.ts'
export { type MediatekPart, parseMediatekPartition } from './formats/mediatek-partition/parse.ts'
export { digestOfMediatek } from './formats/mediatek-preloader/index.ts'
export { type MediatekPreloader, parseMediatekPreloader } from './formats/mediatek-preloader/parse.ts'
export { crc32Of } from './formats/members.ts'
export { payloadDigests as menderDigests } from './formats/mender/index.ts'
export {
  artifactMembers as menderMembers,
  isMender,
  parseManifest as menderManifest,
} from './formats/mender/parse.ts'
export {
  type NxpCertificates,
  type NxpChain,
  type NxpPoint,
  type NxpPoints,
  nxpRootDigest,
} from './formats/nxp-certificates.ts'
export { type Mbi, parseMbi } from './formats/nxp-mbi/parse.ts'
export { type OpteeTa, parseOpteeTa, type TaHeader } from './formats/optee-ta/parse.ts'
export { type PeCertificate, peCertificates } from './formats/pe/certificates.ts'
export { type Pe, type PeSection, parsePe } from './formats/pe/parse.ts'
export { fieldsOf, type WireField } from './formats/protobuf.ts'
export { type BundleContents, contentsOf as raucContents } from './formats/rauc-bundle/contents.ts'
export {
  type BundleManifest,
  parseBundleManifest,
  parseRaucBundle,
  type RaucBundle,
} from './formats/rauc-bundle/parse.ts'
export { verityTree as raucTree } from './formats/rauc-bundle/verity.ts'
export {
  IDB_HASHED,
  type IdbImage,
  parseRockchipIdb,
  type RockchipIdb,
} from './formats/rockchip-idb/parse.ts'
export { parseRockchipIdbV1, type RockchipIdbV1 } from './formats/rockchip-idb/parse-v1.ts'
export { piecesOf as rockchipSpread } from './formats/rockchip-idb/spread.ts'
export { type EepromSection, parseRpiEeprom, type RpiEeprom } from './formats/rpi-eeprom/parse.ts'
export { parseSeama } from './formats/seama/parse.ts'
export type { Tag as SilabsTag, TagFile as SilabsTagFile } from './formats/silabs-tags.ts'
export {
  openSqlite,
  rowsOf,
  type SqliteDatabase,
  type SqliteRow,
  type SqliteTable,
  type SqliteValue,
} from './formats/sqlite/rows.ts'
export { parseStm32, type Stm32Image } from './formats/stm32/parse.ts'
export { parseSunxiEgon, type SunxiEgon, sunxiSum } from './formats/sunxi-egon/parse.ts'
export { parseSunxiToc0, type SunxiToc0, type Toc0Item } from './formats/sunxi-toc0/parse.ts'
export {
  type DescribedFile,
  describedFiles,
  parseSettings,
  type Setting,
  type SettingGroup,
} from './formats/swupdate/description.ts'
export { walkTar } from './formats/tar/parse.ts'
export { type K3Component, type K3Hash, parseTiK3, type TiK3 } from './formats/ti-k3/parse.ts'
export { parseTplinkV1, SALTS as TPLINK_SALTS } from './formats/tplink-v1/parse.ts'
export { parseTrxHeader, type TrxHeader } from './formats/trx/parse.ts'
export {
  type CapsuleAuthentication,
  type CapsuleHeader,
  type CapsulePayload,
  type FmpContent,
  parseCapsuleHeader,
  parseFmpCapsule,
} from './formats/uefi-capsule/parse.ts'
export { GUID_SIZE, guidMagic, guidText } from './formats/uefi-guid.ts'
export {
  parseUefiVariables,
  type StoreContent,
  type UefiVariable,
  type VariableState,
} from './formats/uefi-variables/parse.ts'
export { parseUimageHeader, type UimageHeader } from './formats/uimage/parse.ts'
export {
  type Element as ZigbeeElement,
  elementsOf as zigbeeElements,
  nameOfTag as zigbeeElementName,
  parseZigbeeOta,
  type ZigbeeOtaHeader,
} from './formats/zigbee-ota/parse.ts'
export { layoutsOf } from './layout/device-tree.ts'
export { MTDPARTS, parseMtdparts } from './layout/mtdparts.ts'
export type { Layout, Partition } from './layout/partition.ts'
export { BudgetError, Counters, defaultLimits, LimitError, type Limits } from './limits.ts'
export { type ExtractedEntry, extractMapper, type SkipReason } from './mappers/extract.ts'
export { type ListedEntry, listMapper } from './mappers/list.ts'
export { hostPath, linkTarget, placeOf } from './mappers/place.ts'
export { decodeName, encodePath, encodeText } from './names.ts'
export { partsBetweenErased } from './padding.ts'
export { type ChildParts, runChild } from './sandbox/child.ts'
export { type ListResult, type ListSettings, runListing, serveListing } from './sandbox/listing.ts'
export { startWorkers, type ThreadOutput } from './sandbox/main-thread.ts'
export {
  type ReleaseMember,
  runInSandbox,
  SandboxError,
  type SandboxOptions,
  V8_FLAGS,
} from './sandbox/parent.ts'
export { dropRights } from './sandbox/rights.ts'
export { addTally, emptyTally, finishTally, keep, limitHit, type Tally } from './tally.ts'
export type { Found, Visitor } from './visitor.ts'
export { Walk, type WalkOptions } from './walk.ts'
