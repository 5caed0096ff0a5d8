/** Passwords, communities and keys that makers, projects and manuals publish as defaults. Lower case. */
export const DEFAULT_WORDS: ReadonlySet<string> = new Set(
  `0000 00000000 000000 1111 1111111 11111111 1234 12345 123456 1234567 12345678 123456789 1234567890 12341234 123123
   54321 666666 777777 888888 88888888 87654321 4321 7654321 987654321 1q2w3e4r 1qaz2wsx abc123 abcd1234 access admin admin0
   admin1 admin12 admin123 admin1234 admin12345 admin@123 administrator alpine anonymous changeit change-me change_me
   changeme changethis change_this cisco cisco123 conexant danger default1 demo dreambox epicrouter ezviz fliradmin friend
   ftp ftpuser gpon guest guest123 hello123 hi3518 hikvision hunt5759 icatch99 ikwb ipcam_rt5350 ipcam jauntech jvbzd juantech
   klv123 klv1234 letmein linksys live login manager master meinsm mosquitto motorola mqtt netgear nimda oelinux123 openelec
   openhabian operator orangepi pass pass123 pass1234 passw0rd password password1 password123 private public qwerty
   qwerty123 radius radpass raspberry realtek root root123 root1234 router samsung secret secret123 service smcadmin snmp
   super superadmin supervisor support sysadmin system t0talc0ntr0l4! tech telecomadmin tellcom test test123 test1234
   testing123 tini tljwpbo6 tplink ubnt user user123 vizxv wbox wbox123 welcome welcome1 whatever xc3511 xmhdipc zlxx
   zlxx. zte521 zhone zyad5001 zyxel aquario supportpassword zyxel123 homeassistant nodered grafana postgres redis rabbitmq
   minioadmin elastic tomcat toor calvin openwrt lede dd-wrt tasmota esphome shelly smartconfig espressif esp8266 esp32
   12345abc abcdefgh abcd123 a1b2c3d4 1234abcd 11223344 1122334455 00112233 0123456789 01234567 987654 qwertyuiop asdfghjkl
   iloveyou dragon monkey`
    .split(/\s+/)
    .filter(Boolean),
)
