/** Passwords with what says that devices come with them. */
export interface PasswordGroup {
  readonly source: string
  readonly passwords: readonly string[]
}

/**
 * Passwords that makers of connected devices preset, most usual first. Order matters: slow kinds of hashes are tried with
 * the first ones only. Facts only; nobody's list was taken over as it is.
 */
export const USUAL_GROUPS: readonly PasswordGroup[] = [
  {
    source:
      'Passwords that published counts of log-in attempts on telnet and SSH honeypots put first, and that manuals name most often.',
    passwords: [
      ...words`admin root password 1234 12345 123456 default user guest support service toor pass changeme`,
      ...words`12345678 123456789 1234567890 1111 0000 admin123 root123 password123 admin1234 888888 666666`,
      ...words`111111 000000 operator supervisor system public private test demo tech super manager raspberry`,
      ...words`openwrt ubnt alpine qwerty`,
    ],
  },
  {
    source:
      'The list of the Mirai worm: mirai/bot/scanner.c, as published in October 2016 (github.com/jgamblin/Mirai-Source-Code).',
    passwords: [
      ...words`xc3511 vizxv xmhdipc juantech 54321 smcadmin klv123 klv1234 Zte521 hi3518 jvbzd anko zlxx.`,
      ...words`7ujMko0vizxv 7ujMko0admin ikwb dreambox 00000000 1111111 meinsm fucker admin1 administrator`,
      ...words`11111111 1001chin`,
    ],
  },
  {
    source:
      'Analyses of its successors (Hajime, Satori, Persirai, Okiru, Masuta, Fbot, 2016 to 2021), advisories on recorders, cameras and modems.',
    passwords: [
      ...words`xc12345 cat1029 GM8182 hunt5759 telnetadmin tsgoingon solokey wabjtam antslq taZz@23495859`,
      ...words`oelinux123 h3c aquario GMB182 vertex25ektks123 inflection 2601hx S2fGqNFs OxhlwSG8 ahetzip8`,
      ...words`ivdev ipcam_rt5350 ROOT500 fidel123 cxlinux win1dows tlJwpbo6 20080826 merlin dvr2580222 ikwd`,
      ...words`j1/_7sxw 059AnkJ iDirect GeNeRaL`,
    ],
  },
  {
    source: "Advisories, manuals and setup pages of access providers' modems and optical terminals.",
    passwords: [
      ...words`nE7jA%5m nE7jA5m nCwMnJVGag IPCam@sw hdipc%No adslnadam epicrouter e8ehome e8telnet zhongxing`,
      ...words`zyad1234 hg2x0 telecomadmin aDm8H%MdA Zte521! stemroot calvin tini 3ep5w2u pon521 Zxic521 zte`,
      ...words`5up hichiphx LSiuY7pOmZG2s gpon huawei123 hg8245 Is$uper@dmin Admin@huawei admin@huawei.com`,
      ...words`Huawei@123 mother highspeed comcomcom microbusiness kont2004 adslroot hsadb cciadmin bayandsl`,
      ...words`atlantis articon vertex admintelecom nE7jA%5m@ TTnet admintrup hgw v2mprt netman nadmin`,
      ...words`gvt12345 g0 zteadmin ztecfg gw_admin fiberhomehg2x0 hg2x0! upvel vodafone telecom cxnet`,
      ...words`pldthome`,
    ],
  },
  {
    source:
      'Names of makers, chips and product lines, which manuals give as the password of a new device, and their numbers.',
    passwords: [
      ...words`cisco Cisco cisco123 netgear netgear1 linksys dlink tplink tp-link asus huawei zyxel ZyXEL`,
      ...words`motorola technicolor thomson speedtouch speedstream conexant broadcom Broadcom ralink mediatek`,
      ...words`qualcomm realtek atheros marvell hikvision hiklinux hik12345 dahua 4321 ipdongle 9999999`,
      ...words`112233 123123 121212 654321 987654321 7777777 555555 88888888 66666666 99999999 12341234`,
      ...words`11223344 520520 147258369 159753 5201314 1314520 iloveyou axis sony bosch panasonic samsung lg`,
      ...words`toshiba siemens abb schneider honeywell wago moxa advantech lantronix symbol symbol1 zebra`,
      ...words`intermec polycom 456 grandstream yealink snom mitel avaya ericsson nokia alcatel juniper`,
      ...words`ubiquiti mikrotik tenda Tenda mercury fast tplink123 dlink123 dd-wrt ddwrt tomato gargoyle`,
      ...words`padavan belkin buffalo trendnet edimax sitecom draytek vigor comtrend sagem sagemcom arris`,
      ...words`arcadyan askey sercomm fiberhome huaweiosta zte123 actiontec 2wire billion netis dasan ambit`,
      ...words`foscam vivotek arecont geovision acti mobotix avigilon uniview tvt xiongmai xmeye anran`,
      ...words`reolink amcrest swann lorex annke zosi sannce vstarcam tuya smartlife sonoff shelly tasmota`,
      ...words`esp8266 esp32 espressif meross broadlink xiaomi mijia yeelight aqara hue sonos wemo`,
    ],
  },
  {
    source: 'Numbers and rows of keys that people type first; own list.',
    passwords: [
      ...words`9999 9527 123 321 1 a m w x abc abc123 abcd1234 a1b2c3 1q2w3e 1q2w3e4r 1qaz2wsx qwerty123`,
      ...words`zaq12wsx qwertyuiop qwer1234 asdf asdfgh asdf1234 zxcvbn zxcvbnm 1qazxsw2 123qwe qweasd qazwsx`,
      ...words`147258 159357 789456 789456123 202020 010203 2000 1212 1122 2580 5555 6666 8888 0123 01234567`,
      ...words`0987654321 987654 131313 232323 111222 123abc abc12345 abcdef abcdefg aaaaaa`,
    ],
  },
  {
    source: 'Names of kinds of devices and of what they guard; own list.',
    passwords: [
      ...words`letmein welcome secret master login access security iot device gateway router modem camera`,
      ...words`ipcam dvr nvr home zigbee matter alarm sensor switch light lamp lock door wifi wireless`,
      ...words`internet 192.168.1.1`,
    ],
  },
  {
    source:
      'Images of single-board computers and distributions: the account that their download pages and wikis name.',
    passwords: [
      ...words`raspberrypi pi ubuntu debian linux linaro odroid orangepi bananapi fa pine64 khadas rock radxa`,
      ...words`temppwd nvidia jetson beaglebone botnik edison onioneer arduino arduinoyun doodle dietpi`,
      ...words`libreelec openelec volumio osmc kodi buildroot yocto poky busybox ptxdist armbian rockchip`,
      ...words`allwinner sunxi amlogic imx freescale nxp xilinx altera 1234567 debian123 kali tcl tc live`,
      ...words`live-user beagle bananapro cubie olimex udooer udoo nanopi FriendlyARM friendlyelec pine64user`,
      ...words`toybrick rock64 hypriot rpi rpi4 retropie recalbox batocera openmediavault octoprint`,
      ...words`homeassistant hass hassio dietpi123 moode picoreplayer runeaudio`,
    ],
  },
  {
    source: 'Words for the roles of accounts, in English; own list.',
    passwords: [
      ...words`superuser superadmin sysadmin sysadm sys installer install maint maintenance engineer factory`,
      ...words`field debug dev develop developer release prod production setup config configure update backup`,
      ...words`ftp www web http telnet ssh nobody anonymous monitor viewer recovery rescue emergency temp`,
      ...words`temp123 tmp blank none null empty nopassword`,
    ],
  },
  {
    source: 'The words above with the endings that people add to satisfy a rule; own list.',
    passwords: [
      ...words`Admin ADMIN Administrator Password Passw0rd passw0rd P@ssw0rd P@ssword PASSWORD PASSW0RD`,
      ...words`Password1 Password123 Admin123 Admin1234 Admin12345 Admin@123 admin@123 admin12345 admin123456`,
      ...words`adminadmin adminpass root1234 root12345 root123456 rootroot rootpass rootme root@123 Root123`,
      ...words`roottoor user123 user1234 userpass guest123 test123 test1234 pass123 pass1234 passwd password1`,
      ...words`password12 password1234 default123 changeme2 changeit change-me changeme123 support123`,
      ...words`service123 tech123 supervisor123 PlsChgMe! infrant1 wlsadmin wlsedb smart smarthome Welcome1`,
      ...words`Welcome123 welcome123 Qwerty123 Qwerty123! Admin1 Admin!23 admin!@# Admin@1234 admin@1234`,
      ...words`admin#123 admin_123 admin2020 admin2021 admin2022 admin2023 admin2024 admin2025 root2020`,
      ...words`root2023 root2024 Password! Password1! Password@123 P@ssw0rd1 P@ssw0rd123 P@55w0rd Pa$$w0rd`,
      ...words`pa55word passw0rd! test@123 Test1234 Changeme1 ChangeMe ChangeMe123 Default1 default1`,
      ...words`Service123 Support1 Secret123 secret123 iot123 iotadmin device123 gateway123 router123`,
      ...words`camera123`,
    ],
  },
  {
    source:
      'Words for password, secret, welcome and hello, and first rows of keys, in the languages of the Union and of makers; own list.',
    passwords: [
      ...words`passwort kennwort geheim willkommen hallo hallo123 passwort1 Passwort1 Passwort123 qwertz`,
      ...words`qwertz123 sommer2024 motdepasse bonjour soleil azerty azerty123 bienvenue contrasena`,
      ...words`contraseña clave hola bienvenido administrador usuario senha senha123 mudar123 bemvindo`,
      ...words`usuario123 parola ciao ciao123 benvenuto segreto utente wachtwoord welkom welkom01 geheim123`,
      ...words`beheerder haslo hasło haslo123 witaj tajne heslo heslo123 tajne123 ahoj jelszo titok lozinka`,
      ...words`zaporka geslo salasana salainen losenord lösenord hemligt valkommen adgangskode kodeord`,
      ...words`hemmelig passord parole slaptazodis parool sifre şifre parola123 gizli parol пароль привет`,
      ...words`йцукен kalimera kodikos mima woaini woaini1314 admin888 admin666 a123456 a12345678 aa123456`,
      ...words`123456a 123456aa qq123456 pass@word rahasia matkhau rahsia`,
    ],
  },
]

export const USUAL_PASSWORDS: readonly string[] = USUAL_GROUPS.flatMap(({ passwords }) => passwords)

/** Passwords of a line, separated by blanks. */
function words(template: TemplateStringsArray): readonly string[] {
  return (template[0] ?? '').split(' ')
}
