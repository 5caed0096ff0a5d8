/**
 * Passwords that makers of connected devices preset, most usual first. Facts from what was published about them: the
 * list of the Mirai worm and its successors (2016 and later), makers' manuals and setup pages, and advisories that name
 * a preset password. Order matters: slow kinds of hashes are tried with the first ones only.
 */
export const USUAL_PASSWORDS: readonly string[] = [
  ...words`admin root password 1234 12345 123456 default user guest support service toor pass changeme`,
  ...words`12345678 123456789 1234567890 1111 0000 admin123 root123 password123 admin1234 888888 666666 111111 000000`,
  ...words`operator supervisor system public private test demo tech super manager raspberry openwrt ubnt alpine qwerty`,
  // The list of the Mirai worm.
  ...words`xc3511 vizxv xmhdipc juantech 54321 smcadmin klv123 klv1234 Zte521 hi3518 jvbzd anko zlxx. 7ujMko0vizxv`,
  ...words`7ujMko0admin ikwb dreambox 00000000 1111111 meinsm fucker admin1 administrator 11111111 1001chin`,
  // Its successors, and what was published about recorders, cameras and modems since.
  ...words`xc12345 cat1029 GM8182 hunt5759 telnetadmin tsgoingon solokey wabjtam antslq taZz@23495859 oelinux123`,
  ...words`h3c aquario GMB182 vertex25ektks123 inflection 2601hx S2fGqNFs OxhlwSG8 ahetzip8 ivdev ipcam_rt5350 ROOT500`,
  ...words`fidel123 cxlinux win1dows tlJwpbo6 20080826 merlin dvr2580222 ikwd j1/_7sxw 059AnkJ iDirect GeNeRaL`,
  ...words`nE7jA%5m nE7jA5m nCwMnJVGag IPCam@sw hdipc%No adslnadam epicrouter e8ehome e8telnet zhongxing zyad1234`,
  ...words`hg2x0 telecomadmin aDm8H%MdA Zte521! stemroot calvin tini 3ep5w2u pon521 Zxic521 zte 5up`,
  ...words`hichiphx LSiuY7pOmZG2s gpon huawei123 hg8245 Is$uper@dmin Admin@huawei admin@huawei.com Huawei@123`,
  ...words`9999 9527 123 321 1 a m w x abc abc123 abcd1234 a1b2c3 1q2w3e 1q2w3e4r 1qaz2wsx qwerty123 zaq12wsx`,
  ...words`letmein welcome secret master login access security iot device gateway router modem camera ipcam dvr nvr`,
  ...words`cisco Cisco cisco123 netgear netgear1 linksys dlink tplink tp-link asus huawei zyxel ZyXEL motorola technicolor`,
  ...words`thomson speedtouch speedstream conexant broadcom Broadcom ralink mediatek qualcomm realtek atheros marvell`,
  ...words`hikvision hiklinux hik12345 dahua 4321 ipdongle 9999999 112233 123123 121212 654321 987654321 7777777`,
  ...words`555555 88888888 66666666 99999999 12341234 11223344 520520 147258369 159753 5201314 1314520 iloveyou`,
  ...words`axis sony bosch panasonic samsung lg toshiba siemens abb schneider honeywell wago moxa advantech lantronix`,
  ...words`symbol symbol1 zebra intermec polycom 456 grandstream yealink snom mitel avaya ericsson nokia alcatel juniper`,
  ...words`raspberrypi pi ubuntu debian linux linaro odroid orangepi bananapi fa pine64 khadas rock radxa temppwd nvidia`,
  ...words`jetson beaglebone botnik edison onioneer arduino arduinoyun doodle dietpi libreelec openelec volumio osmc kodi`,
  ...words`buildroot yocto poky busybox ptxdist armbian rockchip allwinner sunxi amlogic imx freescale nxp xilinx altera`,
  ...words`mother highspeed comcomcom microbusiness kont2004 adslroot hsadb cciadmin bayandsl atlantis articon vertex`,
  ...words`superuser superadmin sysadmin sysadm sys installer install maint maintenance engineer factory field debug dev`,
  ...words`develop developer release prod production setup config configure update backup ftp www web http telnet ssh`,
  ...words`nobody anonymous monitor viewer recovery rescue emergency temp temp123 tmp blank none null empty nopassword`,
  ...words`Admin ADMIN Administrator Password Passw0rd passw0rd P@ssw0rd P@ssword PASSWORD PASSW0RD Password1 Password123`,
  ...words`Admin123 Admin1234 Admin12345 Admin@123 admin@123 admin12345 admin123456 adminadmin adminpass root1234`,
  ...words`root12345 root123456 rootroot rootpass rootme root@123 Root123 roottoor user123 user1234 userpass guest123 test123`,
  ...words`test1234 pass123 pass1234 passwd password1 password12 password1234 default123 changeme2 changeit change-me`,
  ...words`changeme123 support123 service123 tech123 supervisor123 PlsChgMe! infrant1 wlsadmin wlsedb smart smarthome`,
  ...words`home zigbee matter alarm sensor switch light lamp lock door wifi wireless internet 192.168.1.1`,
]

/** Passwords of a line, separated by blanks. */
function words(template: TemplateStringsArray): readonly string[] {
  return (template.raw[0] ?? '').split(' ')
}
