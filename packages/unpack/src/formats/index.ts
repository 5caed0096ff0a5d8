import type { Format } from '../contract.ts'
import { ace } from './ace/index.ts'
import { airoha } from './airoha/index.ts'
import { alphaScript } from './alpha-script/index.ts'
import { ambarellaPart } from './ambarella-part/index.ts'
import { ambarellaRomfs } from './ambarella-romfs/index.ts'
import { amebaImage } from './ameba-image/index.ts'
import { amebaOta } from './ameba-ota/index.ts'
import { amebaZ2Flash } from './ameba-z2-flash/index.ts'
import { amebaZ2Image } from './ameba-z2-image/index.ts'
import { amiNvar } from './ami-nvar/index.ts'
import { amit } from './amit/index.ts'
import { amlogicImage } from './amlogic-image/index.ts'
import { androidBoot } from './android-boot/index.ts'
import { androidDtbo } from './android-dtbo/index.ts'
import { androidPayload } from './android-payload/index.ts'
import { androidSparse } from './android-sparse/index.ts'
import { androidSuper } from './android-super/index.ts'
import { androidVendorBoot } from './android-vendor-boot/index.ts'
import { anykaUpd } from './anyka-upd/index.ts'
import { apfs } from './apfs/index.ts'
import { apk } from './apk/index.ts'
import { apkV3 } from './apk-v3/index.ts'
import { apkV3Packed } from './apk-v3-packed/index.ts'
import { ar } from './ar/index.ts'
import { arc } from './arc/index.ts'
import { arcadyan } from './arcadyan/index.ts'
import { arj } from './arj/index.ts'
import { ascii85 } from './ascii85/index.ts'
import { autelEcc } from './autel-ecc/index.ts'
import { avbVbmeta } from './avb-vbmeta/index.ts'
import { avmEva } from './avm-eva/index.ts'
import { bcmKernel } from './bcm-kernel/index.ts'
import { bcmTag } from './bcm-tag/index.ts'
import { bekenCrc } from './beken-crc/index.ts'
import { binhex } from './binhex/index.ts'
import { bmp } from './bmp/index.ts'
import { boschFiles } from './bosch-files/index.ts'
import { boschFw } from './bosch-fw/index.ts'
import { bouffaloImage } from './bouffalo-image/index.ts'
import { bouffaloOta } from './bouffalo-ota/index.ts'
import { bouffaloPartitions } from './bouffalo-partitions/index.ts'
import { brnimg } from './brnimg/index.ts'
import { broadcomSao } from './broadcom-sao/index.ts'
import { bsdiff } from './bsdiff/index.ts'
import { btrfs } from './btrfs/index.ts'
import { btrfsSend } from './btrfs-send/index.ts'
import { buffaloDhp } from './buffalo-dhp/index.ts'
import { buffaloEnc } from './buffalo-enc/index.ts'
import { buffaloTag } from './buffalo-tag/index.ts'
import { buffaloTftp } from './buffalo-tftp/index.ts'
import { bzip2 } from './bzip2/index.ts'
import { cab } from './cab/index.ts'
import { cameo } from './cameo/index.ts'
import { casyncArchive } from './casync-archive/index.ts'
import { casyncIndex } from './casync-index/index.ts'
import { cellvision } from './cellvision/index.ts'
import { chk } from './chk/index.ts'
import { chm } from './chm/index.ts'
import { chromeosKernel } from './chromeos-kernel/index.ts'
import { cloop } from './cloop/index.ts'
import { compress } from './compress/index.ts'
import { corebootCbfs } from './coreboot-cbfs/index.ts'
import { corebootFmap } from './coreboot-fmap/index.ts'
import { cpio } from './cpio/index.ts'
import { cramfs } from './cramfs/index.ts'
import { csman } from './csman/index.ts'
import { cybertanHeader } from './cybertan-header/index.ts'
import { deafbead } from './deafbead/index.ts'
import { dex } from './dex/index.ts'
import { dfuSuffix } from './dfu-suffix/index.ts'
import { dfuse } from './dfuse/index.ts'
import { djiImah } from './dji-imah/index.ts'
import { djiXv4 } from './dji-xv4/index.ts'
import { dlinkCoffee } from './dlink-coffee/index.ts'
import { dlinkDap } from './dlink-dap/index.ts'
import { dlinkEncimg } from './dlink-encimg/index.ts'
import { dlinkEncrpted } from './dlink-encrpted/index.ts'
import { dlinkFpkg } from './dlink-fpkg/index.ts'
import { dlinkMh01 } from './dlink-mh01/index.ts'
import { dlinkPackimg } from './dlink-packimg/index.ts'
import { dlinkSalted } from './dlink-salted/index.ts'
import { dlinkShrs } from './dlink-shrs/index.ts'
import { dlinkTlv } from './dlink-tlv/index.ts'
import { dms } from './dms/index.ts'
import { dniHeader } from './dni-header/index.ts'
import { docsisSignature } from './docsis-signature/index.ts'
import { ebl } from './ebl/index.ts'
import { econetTrx } from './econet-trx/index.ts'
import { edimaxCsys } from './edimax-csys/index.ts'
import { edimaxFw } from './edimax-fw/index.ts'
import { edimaxPs16 } from './edimax-ps16/index.ts'
import { elf } from './elf/index.ts'
import { erofs } from './erofs/index.ts'
import { espFlash } from './esp-flash/index.ts'
import { espImage } from './esp-image/index.ts'
import { espNvs } from './esp-nvs/index.ts'
import { espOtadata } from './esp-otadata/index.ts'
import { espPartitionTable } from './esp-partition-table/index.ts'
import { espWearLevelling } from './esp-wear-levelling/index.ts'
import { exfat } from './exfat/index.ts'
import { ext } from './ext/index.ts'
import { f2fs } from './f2fs/index.ts'
import { fat } from './fat/index.ts'
import { fdt } from './fdt/index.ts'
import { fip } from './fip/index.ts'
import { fit } from './fit/index.ts'
import { flashdb } from './flashdb/index.ts'
import { foscam } from './foscam/index.ts'
import { fwtool } from './fwtool/index.ts'
import { gbl } from './gbl/index.ts'
import { gbl4 } from './gbl4/index.ts'
import { gemtek } from './gemtek/index.ts'
import { gettextMo } from './gettext-mo/index.ts'
import { gif } from './gif/index.ts'
import { gpt } from './gpt/index.ts'
import { grainMedia } from './grain-media/index.ts'
import { gzip } from './gzip/index.ts'
import { h3cImage } from './h3c-image/index.ts'
import { h3cVfs } from './h3c-vfs/index.ts'
import { hfsplus } from './hfsplus/index.ts'
import { hichipPkg } from './hichip-pkg/index.ts'
import { hikvisionDav } from './hikvision-dav/index.ts'
import { hilink } from './hilink/index.ts'
import { hisiliconBoot } from './hisilicon-boot/index.ts'
import { hpBdl } from './hp-bdl/index.ts'
import { hpIpkg } from './hp-ipkg/index.ts'
import { ikconfig } from './ikconfig/index.ts'
import { imxAhab } from './imx-ahab/index.ts'
import { imxHab } from './imx-hab/index.ts'
import { ingenicSpl } from './ingenic-spl/index.ts'
import { inno } from './inno/index.ts'
import { installshield } from './installshield/index.ts'
import { instarBneg } from './instar-bneg/index.ts'
import { intelFlash } from './intel-flash/index.ts'
import { intelHex } from './intel-hex/index.ts'
import { intelMicrocode } from './intel-microcode/index.ts'
import { iptime } from './iptime/index.ts'
import { iptimeNas } from './iptime-nas/index.ts'
import { iso9660 } from './iso9660/index.ts'
import { javaClass } from './java-class/index.ts'
import { jbootAuh } from './jboot-auh/index.ts'
import { jbootStag } from './jboot-stag/index.ts'
import { jcg } from './jcg/index.ts'
import { jffs2 } from './jffs2/index.ts'
import { jfs } from './jfs/index.ts'
import { jpeg } from './jpeg/index.ts'
import { kernel } from './kernel/index.ts'
import { kwbimage } from './kwbimage/index.ts'
import { linksysChdr } from './linksys-chdr/index.ts'
import { linksysWrt400n } from './linksys-wrt400n/index.ts'
import { littlefs } from './littlefs/index.ts'
import { lrzip } from './lrzip/index.ts'
import { luks } from './luks/index.ts'
import { lvm2 } from './lvm2/index.ts'
import { lxl } from './lxl/index.ts'
import { lz4 } from './lz4/index.ts'
import { lzfse } from './lzfse/index.ts'
import { lzh } from './lzh/index.ts'
import { lzip } from './lzip/index.ts'
import { lzma } from './lzma/index.ts'
import { lzop } from './lzop/index.ts'
import { macbinary } from './macbinary/index.ts'
import { macho } from './macho/index.ts'
import { machoFat } from './macho-fat/index.ts'
import { makeself } from './makeself/index.ts'
import { maskedImage } from './masked-image/index.ts'
import { matterOta } from './matter-ota/index.ts'
import { maxlinearUimage } from './maxlinear-uimage/index.ts'
import { mbr } from './mbr/index.ts'
import { mcuboot } from './mcuboot/index.ts'
import { mediatekPartition } from './mediatek-partition/index.ts'
import { mediatekPreloader } from './mediatek-preloader/index.ts'
import { mender } from './mender/index.ts'
import { meraki } from './meraki/index.ts'
import { merakiMips } from './meraki-mips/index.ts'
import { minifs } from './minifs/index.ts'
import { minix } from './minix/index.ts'
import { moduleSignature } from './module-signature/index.ts'
import { motorolaTrx } from './motorola-trx/index.ts'
import { moxaFrm } from './moxa-frm/index.ts'
import { mp3 } from './mp3/index.ts'
import { mstarUpgrade } from './mstar-upgrade/index.ts'
import { mylo } from './mylo/index.ts'
import { nand } from './nand/index.ts'
import { necAterm } from './nec-aterm/index.ts'
import { novatekBcl } from './novatek-bcl/index.ts'
import { novatekCksm } from './novatek-cksm/index.ts'
import { novatekPack } from './novatek-pack/index.ts'
import { npk } from './npk/index.ts'
import { nsis } from './nsis/index.ts'
import { ntfs } from './ntfs/index.ts'
import { nxpMbi } from './nxp-mbi/index.ts'
import { nxpSb2 } from './nxp-sb2/index.ts'
import { nxpSb3 } from './nxp-sb3/index.ts'
import { ogg } from './ogg/index.ts'
import { ole } from './ole/index.ts'
import { openpgp } from './openpgp/index.ts'
import { openpgpPacked } from './openpgp-packed/index.ts'
import { opteeTa } from './optee-ta/index.ts'
import { ostreeFilez } from './ostree-filez/index.ts'
import { par2 } from './par2/index.ts'
import { partclone } from './partclone/index.ts'
import { pcap } from './pcap/index.ts'
import { pciRom } from './pci-rom/index.ts'
import { pdf } from './pdf/index.ts'
import { pe } from './pe/index.ts'
import { peCertificate } from './pe-certificate/index.ts'
import { peResources } from './pe-resources/index.ts'
import { pjl } from './pjl/index.ts'
import { planex } from './planex/index.ts'
import { png } from './png/index.ts'
import { poray } from './poray/index.ts'
import { postscript } from './postscript/index.ts'
import { programstore } from './programstore/index.ts'
import { pyc } from './pyc/index.ts'
import { qcaLzma } from './qca-lzma/index.ts'
import { qcow } from './qcow/index.ts'
import { qcow2 } from './qcow2/index.ts'
import { qding } from './qding/index.ts'
import { qnap } from './qnap/index.ts'
import { qnxDeflate } from './qnx-deflate/index.ts'
import { qnxIfs } from './qnx-ifs/index.ts'
import { qnxImagefs } from './qnx-imagefs/index.ts'
import { qnx4 } from './qnx4/index.ts'
import { qnx6 } from './qnx6/index.ts'
import { radlanRos } from './radlan-ros/index.ts'
import { rar4 } from './rar4/index.ts'
import { rar5 } from './rar5/index.ts'
import { raucBundle } from './rauc-bundle/index.ts'
import { rbl } from './rbl/index.ts'
import { rdiffDelta } from './rdiff-delta/index.ts'
import { realtekCvimg } from './realtek-cvimg/index.ts'
import { reiserfs } from './reiserfs/index.ts'
import { reolinkPak } from './reolink-pak/index.ts'
import { riff } from './riff/index.ts'
import { rockchipIdb } from './rockchip-idb/index.ts'
import { rockchipLoader } from './rockchip-loader/index.ts'
import { rockchipRkaf } from './rockchip-rkaf/index.ts'
import { rockchipRkfw } from './rockchip-rkfw/index.ts'
import { rockchipTrust } from './rockchip-trust/index.ts'
import { rockchipUboot } from './rockchip-uboot/index.ts'
import { romfs } from './romfs/index.ts'
import { rpiEeprom } from './rpi-eeprom/index.ts'
import { rpm } from './rpm/index.ts'
import { rtk0 } from './rtk0/index.ts'
import { rzip } from './rzip/index.ts'
import { seama } from './seama/index.ts'
import { senao } from './senao/index.ts'
import { senaoV2 } from './senao-v2/index.ts'
import { sercommHeader } from './sercomm-header/index.ts'
import { sevenzip } from './sevenzip/index.ts'
import { sfnt } from './sfnt/index.ts'
import { shar } from './shar/index.ts'
import { sigmastarIpl } from './sigmastar-ipl/index.ts'
import { sigmastarMxp } from './sigmastar-mxp/index.ts'
import { spiffs } from './spiffs/index.ts'
import { sqlite } from './sqlite/index.ts'
import { squashfs } from './squashfs/index.ts'
import { srec } from './srec/index.ts'
import { stm32 } from './stm32/index.ts'
import { stuffit } from './stuffit/index.ts'
import { stuffit5 } from './stuffit5/index.ts'
import { sunxiEgon } from './sunxi-egon/index.ts'
import { sunxiImage } from './sunxi-image/index.ts'
import { sunxiToc0 } from './sunxi-toc0/index.ts'
import { swapped } from './swapped/index.ts'
import { swupdate } from './swupdate/index.ts'
import { tar } from './tar/index.ts'
import { tarV7 } from './tar-v7/index.ts'
import { tekhex } from './tekhex/index.ts'
import { telink } from './telink/index.ts'
import { tenvisPk2 } from './tenvis-pk2/index.ts'
import { teslaSbfh } from './tesla-sbfh/index.ts'
import { tiK3 } from './ti-k3/index.ts'
import { tiNsp } from './ti-nsp/index.ts'
import { tiOad } from './ti-oad/index.ts'
import { tiTxt } from './ti-txt/index.ts'
import { tplinkRtos } from './tplink-rtos/index.ts'
import { tplinkSafeloader } from './tplink-safeloader/index.ts'
import { tplinkV1 } from './tplink-v1/index.ts'
import { tplinkV2 } from './tplink-v2/index.ts'
import { trx } from './trx/index.ts'
import { tuyaKv } from './tuya-kv/index.ts'
import { tuyaUg } from './tuya-ug/index.ts'
import { tzif } from './tzif/index.ts'
import { uBoot } from './u-boot/index.ts'
import { uBootArm64 } from './u-boot-arm64/index.ts'
import { ubi } from './ubi/index.ts'
import { ubifs } from './ubifs/index.ts'
import { ubnt } from './ubnt/index.ts'
import { ubootEnv } from './uboot-env/index.ts'
import { udf } from './udf/index.ts'
import { udif } from './udif/index.ts'
import { uefiCapsule } from './uefi-capsule/index.ts'
import { uefiFtw } from './uefi-ftw/index.ts'
import { uefiVariables } from './uefi-variables/index.ts'
import { uefiVolume } from './uefi-volume/index.ts'
import { uf2 } from './uf2/index.ts'
import { ufs } from './ufs/index.ts'
import { uimage } from './uimage/index.ts'
import { uki } from './uki/index.ts'
import { upx } from './upx/index.ts'
import { usrTrx } from './usr-trx/index.ts'
import { uuencode } from './uuencode/index.ts'
import { vcdiff } from './vcdiff/index.ts'
import { vdi } from './vdi/index.ts'
import { vhd } from './vhd/index.ts'
import { vhdx } from './vhdx/index.ts'
import { vmdk } from './vmdk/index.ts'
import { vxworksSymbols } from './vxworks-symbols/index.ts'
import { wasm } from './wasm/index.ts'
import { wim } from './wim/index.ts'
import { wince } from './wince/index.ts'
import { woff } from './woff/index.ts'
import { wrgg } from './wrgg/index.ts'
import { x509Der } from './x509-der/index.ts'
import { xalz } from './xalz/index.ts'
import { xar } from './xar/index.ts'
import { xeroxDlm } from './xerox-dlm/index.ts'
import { xeroxDsk } from './xerox-dsk/index.ts'
import { xfs } from './xfs/index.ts'
import { xiaomiHdr } from './xiaomi-hdr/index.ts'
import { xikestor } from './xikestor/index.ts'
import { xz } from './xz/index.ts'
import { yaffs } from './yaffs/index.ts'
import { zchunk } from './zchunk/index.ts'
import { zcom } from './zcom/index.ts'
import { zigbeeOta } from './zigbee-ota/index.ts'
import { zip } from './zip/index.ts'
import { zlib } from './zlib/index.ts'
import { zoo } from './zoo/index.ts'
import { zpaq } from './zpaq/index.ts'
import { zstd } from './zstd/index.ts'
import { zynos } from './zynos/index.ts'
import { zynqBoot } from './zynq-boot/index.ts'
import { zyxelRas } from './zyxel-ras/index.ts'
import { zyxelTrx } from './zyxel-trx/index.ts'
import { zyxelZld } from './zyxel-zld/index.ts'
import { zyxelZnbg } from './zyxel-znbg/index.ts'

/** Every format; where magics tie, the first that recognises wins. */
export const FORMATS: readonly Format[] = [
  nand,
  bekenCrc,
  swapped,
  raucBundle,
  udif,
  squashfs,
  cramfs,
  romfs,
  qnx6,
  qnxIfs,
  qnxDeflate,
  qnxImagefs,
  minifs,
  jffs2,
  yaffs,
  ubi,
  ubifs,
  fdt,
  fit,
  uimage,
  trx,
  chk,
  seama,
  wrgg,
  tplinkV1,
  tplinkV2,
  tplinkSafeloader,
  dlinkShrs,
  dlinkEncrpted,
  dlinkMh01,
  dlinkEncimg,
  dlinkSalted,
  foscam,
  dlinkFpkg,
  deafbead,
  jbootAuh,
  jbootStag,
  dlinkPackimg,
  avmEva,
  senao,
  senaoV2,
  buffaloEnc,
  xiaomiHdr,
  npk,
  qnap,
  csman,
  bcmTag,
  ubnt,
  econetTrx,
  novatekPack,
  dlinkTlv,
  dlinkDap,
  alphaScript,
  meraki,
  jcg,
  realtekCvimg,
  zyxelTrx,
  edimaxFw,
  gemtek,
  maxlinearUimage,
  radlanRos,
  dms,
  docsisSignature,
  autelEcc,
  teslaSbfh,
  broadcomSao,
  tplinkRtos,
  rtk0,
  rzip,
  lxl,
  sercommHeader,
  cybertanHeader,
  dniHeader,
  buffaloTag,
  buffaloDhp,
  linksysChdr,
  iptimeNas,
  zyxelZld,
  zynos,
  zcom,
  linksysWrt400n,
  motorolaTrx,
  usrTrx,
  edimaxCsys,
  edimaxPs16,
  programstore,
  chromeosKernel,
  merakiMips,
  bcmKernel,
  tiNsp,
  mylo,
  h3cImage,
  h3cVfs,
  cellvision,
  amit,
  qding,
  zyxelZnbg,
  necAterm,
  cameo,
  planex,
  poray,
  iptime,
  maskedImage,
  xikestor,
  casyncArchive,
  casyncIndex,
  ostreeFilez,
  dlinkCoffee,
  buffaloTftp,
  boschFw,
  boschFiles,
  grainMedia,
  anykaUpd,
  hichipPkg,
  moxaFrm,
  amlogicImage,
  sunxiImage,
  hikvisionDav,
  reolinkPak,
  novatekCksm,
  novatekBcl,
  instarBneg,
  tenvisPk2,
  ambarellaPart,
  ambarellaRomfs,
  djiXv4,
  djiImah,
  rockchipRkfw,
  rockchipRkaf,
  rockchipLoader,
  rockchipUboot,
  rockchipTrust,
  hpBdl,
  pjl,
  xeroxDlm,
  xeroxDsk,
  hpIpkg,
  androidBoot,
  androidVendorBoot,
  androidSparse,
  androidSuper,
  avbVbmeta,
  androidDtbo,
  androidPayload,
  uBootArm64,
  uBoot,
  kernel,
  ikconfig,
  upx,
  elf,
  vxworksSymbols,
  uki,
  inno,
  peResources,
  pe,
  peCertificate,
  macbinary,
  macho,
  machoFat,
  pciRom,
  wince,
  corebootCbfs,
  corebootFmap,
  intelFlash,
  uefiCapsule,
  uefiVolume,
  uefiVariables,
  uefiFtw,
  espImage,
  littlefs,
  spiffs,
  uf2,
  dfuse,
  intelHex,
  srec,
  tekhex,
  tiTxt,
  mcuboot,
  stm32,
  zynqBoot,
  imxHab,
  imxAhab,
  opteeTa,
  fip,
  rockchipIdb,
  tiK3,
  tiOad,
  sunxiEgon,
  ingenicSpl,
  sigmastarIpl,
  sigmastarMxp,
  hisiliconBoot,
  sunxiToc0,
  rpiEeprom,
  zigbeeOta,
  matterOta,
  gbl,
  gbl4,
  ebl,
  telink,
  rbl,
  bouffaloImage,
  bouffaloPartitions,
  bouffaloOta,
  tuyaUg,
  airoha,
  amebaImage,
  amebaOta,
  amebaZ2Flash,
  amebaZ2Image,
  espFlash,
  espPartitionTable,
  espNvs,
  espOtadata,
  espWearLevelling,
  swupdate,
  cpio,
  ar,
  rpm,
  mender,
  tar,
  zip,
  sevenzip,
  nsis,
  makeself,
  cab,
  lzfse,
  ascii85,
  postscript,
  openpgpPacked,
  openpgp,
  lzh,
  arj,
  apk,
  apkV3,
  apkV3Packed,
  gzip,
  xz,
  lzip,
  xalz,
  brnimg,
  lzma,
  arcadyan,
  qcaLzma,
  bzip2,
  bsdiff,
  zstd,
  zchunk,
  vcdiff,
  rdiffDelta,
  lz4,
  lzop,
  ext,
  f2fs,
  btrfs,
  xfs,
  ufs,
  hfsplus,
  apfs,
  fat,
  exfat,
  ntfs,
  erofs,
  udf,
  iso9660,
  minix,
  gpt,
  mbr,
  lvm2,
  ubootEnv,
  mstarUpgrade,
  zyxelRas,
  hilink,
  tarV7,
  compress,
  zlib,
  fwtool,
  dfuSuffix,
  moduleSignature,
  sqlite,
  rar5,
  rar4,
  arc,
  cloop,
  partclone,
  xar,
  par2,
  png,
  jpeg,
  gif,
  binhex,
  bmp,
  riff,
  sfnt,
  woff,
  pdf,
  gettextMo,
  tzif,
  javaClass,
  dex,
  wasm,
  pcap,
  pyc,
  x509Der,
  ogg,
  mp3,
  mediatekPreloader,
  mediatekPartition,
  jfs,
  reiserfs,
  luks,
  zoo,
  qcow2,
  qcow,
  vdi,
  vhd,
  vhdx,
  vmdk,
  ole,
  ace,
  lrzip,
  stuffit,
  stuffit5,
  shar,
  uuencode,
  btrfsSend,
  zpaq,
  tuyaKv,
  amiNvar,
  intelMicrocode,
  flashdb,
  kwbimage,
  wim,
  qnx4,
  chm,
  installshield,
  nxpMbi,
  nxpSb2,
  nxpSb3,
]
