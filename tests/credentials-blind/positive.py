"""Cases in which a reviewer expects a finding; run by make.py."""
H = 'hashes'
account('shadow-md5-admin', crypt('md5crypt', 'admin'), 'root has the published default password admin as an md5crypt hash', H)
account('shadow-sha512-root', crypt('sha512crypt', 'root'), 'root has the password root as a SHA-512 crypt hash', H)
account('shadow-sha256-default', crypt('sha256crypt', '123456'), 'root has the password 123456 as a SHA-256 crypt hash', H)
account('shadow-yescrypt-default', crypt('yescrypt', 'password'), 'root has the password password as a yescrypt hash', H)
account('shadow-bcrypt-default', crypt('bcrypt', 'admin', '-R', '5'), 'root has the password admin as a bcrypt hash', H)
account('shadow-scrypt-default', crypt('scrypt', '1234'), 'root has the password 1234 as an scrypt hash', H)
account('shadow-bsdi-default', crypt('bsdicrypt', 'default'), 'root has the password default as a BSDi DES hash', H)
account('shadow-nt-default', crypt('nt', 'admin'), 'root has the password admin as an NT hash in crypt form', H)
account('shadow-unknown-password', crypt('sha512crypt', alnum(22)), 'root has a set hash that ships in the image and so is equal for all units')
account('shadow-empty', '', 'root has no password at all')
bad('passwd-des-dvr', H, 'root has the DES hash of xc3511, a default of the Mirai family', {
    'etc/passwd': f"root:{crypt('descrypt', 'xc3511')}:0:0:root:/:/bin/sh\n",
    'etc/init.d/rcS': '#!/bin/sh\nmount -t proc proc /proc\nifconfig lo up\ntelnetd &\n/mnt/mtd/app/dvr_app &\n'}, ['etc/passwd'])
bad('passwd-empty-field', 'accounts', 'root has an empty password field in passwd and there is no shadow file', {
    'etc/passwd': 'root::0:0:root:/root:/bin/sh\nftp:*:21:21:ftp:/var:/bin/false\n'})
bad('passwd-second-superuser', 'accounts', 'a second account with uid 0 has the password support', {
    'etc/passwd': f"root:*:0:0:root:/root:/bin/sh\nsupport:{crypt('md5crypt', 'support')}:0:0:support:/tmp:/bin/sh\n"})
bad('gshadow-group-password', 'accounts', 'a group password hash is set in the image', {
    'etc/gshadow': f"root:*::\nwheel:{crypt('md5crypt', 'admin')}:root:root\nusers:!::\n", 'etc/group': 'root:x:0:\nwheel:x:10:root\nusers:x:100:\n'}, ['etc/gshadow'])
def htpasswd(flags, password): return text('htpasswd', f'-nb{flags}', 'admin', password) + '\n'
bad('htpasswd-apr1', 'accounts', 'the web login admin has the password admin', {'www/.htpasswd': htpasswd('m', 'admin')})
bad('htpasswd-bcrypt', 'accounts', 'the web login admin has the password password', {'etc/nginx/.htpasswd': htpasswd('B', 'password'),
    'etc/nginx/nginx.conf': 'server {\n  listen 80;\n  location / { auth_basic "device"; auth_basic_user_file /etc/nginx/.htpasswd; }\n}\n'}, ['etc/nginx/.htpasswd'])
bad('htpasswd-sha', 'accounts', 'the web login admin has the password 12345', {'usr/local/www/.htpasswd': htpasswd('s', '12345')})
bad('boa-des', 'accounts', 'the login of the boa web server has the password admin', {
    'etc/boa/boa.conf': 'Port 80\nUser root\nGroup root\nDocumentRoot /web\nAuth / /etc/boa/boa.passwd\n', 'etc/boa/boa.passwd': htpasswd('d', 'admin')}, ['etc/boa/boa.passwd'])
def mosquitto(*flags):
    path = fresh('mq'); path.touch(); run('mosquitto_passwd', '-b', *flags, path, 'mqtt', 'mqtt'); return path.read_text()
MQ = 'listener 1883\nallow_anonymous false\npassword_file /etc/mosquitto/passwd\n'
bad('mosquitto-pbkdf2', 'accounts', 'the broker login mqtt has the password mqtt', {'etc/mosquitto/mosquitto.conf': MQ, 'etc/mosquitto/passwd': mosquitto()}, ['etc/mosquitto/passwd'])
bad('mosquitto-sha512', 'accounts', 'the broker login mqtt has the password mqtt in the older hash form', {'etc/mosquitto/mosquitto.conf': MQ, 'etc/mosquitto/passwd': mosquitto('-H', 'sha512')}, ['etc/mosquitto/passwd'])
bad('authorized-keys-maker', 'accounts', "a developer's key opens root on every unit", {'root/.ssh/authorized_keys': ssh_public('jenkins@build-server')})
bad('authorized-keys-dropbear', 'accounts', "the maker's support key opens root on every unit", {'etc/dropbear/authorized_keys': ssh_public('support')})
bad('lighttpd-plain', 'accounts', 'a plain user file with the default login', {
    'etc/lighttpd/lighttpd.conf': 'server.document-root = "/www"\nserver.modules = ("mod_auth")\nauth.backend = "plain"\nauth.backend.plain.userfile = "/etc/lighttpd/lighttpd.user"\n',
    'etc/lighttpd/lighttpd.user': 'admin:admin\nuser:user\n'}, ['etc/lighttpd/lighttpd.user'])
bad('busybox-httpd', 'accounts', 'a plain login in the configuration of the BusyBox web server', {'etc/httpd.conf': 'A:*\n/cgi-bin:admin:1234\n/:admin:1234\n.png:image/png\n'})
bad('goahead-auth', 'accounts', 'the GoAhead user file carries the digest of a default login', {
    'etc/goahead/auth.txt': 'role name=administrator abilities=view,manage\nuser name=admin password=' + hashlib.md5(b'admin:example.com:admin').hexdigest() + ' roles=administrator\n'})
bad('goahead-umconfig', 'accounts', 'the older GoAhead user file carries a plain default login', {
    'etc_ro/umconfig.txt': 'TABLE=users\nROW=0\nname=admin\npassword=admin\ngroup=admin\nprot=0\ndisable=0\n'})
NT = text('mkpasswd', '-m', 'nt', 'admin').split('$')[-1].upper()
bad('smbpasswd', 'accounts', 'a Samba login with the NT hash of admin', {'etc/samba/smbpasswd': f"root:0:{'X' * 32}:{NT}:[U          ]:LCT-5F3A1C20:\n"})
bad('chap-secrets', 'accounts', 'a PPP secret equal for all units', {'etc/ppp/chap-secrets': '# client\tserver\tsecret\tIP addresses\n"m2m-modem"\t*\t"vT4k92QxLm"\t*\n'})
bad('snmp-community', 'accounts', 'the write community is the well-known private', {'etc/snmp/snmpd.conf': 'agentaddress udp:161\nrocommunity public\nrwcommunity private\nsysLocation rack\n'})
bad('snmp-v3-user', 'accounts', 'an SNMPv3 user with a fixed passphrase', {'etc/snmp/snmpd.conf': 'createUser monitor MD5 "monitor12345" DES\nrwuser monitor\n'})
bad('radius-client', 'accounts', 'a RADIUS secret as shipped with the server', {'etc/raddb/clients.conf': 'client localnet {\n\tipaddr = 192.168.0.0/16\n\tsecret = testing123\n\tshortname = lan\n}\n'})
bad('cwmp-uci', 'accounts', 'the ACS login is equal for all units', {
    'etc/config/easycwmp': "config local\n\toption interface 'wan'\n\toption username 'easycwmp'\n\toption password 'easycwmp'\nconfig acs\n\toption url 'https://acs.example-isp.net:7547/'\n\toption username 'cpe-gw200'\n\toption password 'Qz7!wrtPoo'\n"})
bad('cwmp-xml', 'accounts', 'the ACS and connection request passwords are equal for all units', {
    'etc/defaults/default_cfg.xml': '<?xml version="1.0"?>\n<InternetGatewayDevice>\n <ManagementServer>\n  <EnableCWMP>TRUE</EnableCWMP>\n  <URL>http://acs.isp.example:7547/acs</URL>\n  <Username>hgw</Username>\n  <Password>hgw4acs!</Password>\n  <ConnectionRequestUsername>itms</ConnectionRequestUsername>\n  <ConnectionRequestPassword>itms</ConnectionRequestPassword>\n </ManagementServer>\n</InternetGatewayDevice>\n'})
bad('rtsp-url', 'accounts', 'the camera stream has the default login in its address', {'etc/nvr/channels.ini': '[channel1]\nname=Front\nurl=rtsp://admin:admin@127.0.0.1:554/stream1\n'})
bad('onvif-conf', 'accounts', 'the ONVIF service has a default login', {'etc/onvif.conf': 'ifs=eth0\nport=8080\nuser=admin\npassword=admin\nmanufacturer=IPCam\nmodel=HX-200\n'})
bad('wifi-uci', 'configurations', 'one Wi-Fi passphrase for all units', {
    'etc/config/wireless': "config wifi-device 'radio0'\n\toption type 'mac80211'\n\toption channel '6'\n\nconfig wifi-iface 'default_radio0'\n\toption device 'radio0'\n\toption mode 'ap'\n\toption ssid 'GW-200'\n\toption encryption 'psk2'\n\toption key '12345678'\n"})
bad('wifi-hostapd', 'configurations', 'one Wi-Fi passphrase for all units', {'etc/hostapd/hostapd.conf': 'interface=wlan0\nssid=Doorbell-Setup\nwpa=2\nwpa_key_mgmt=WPA-PSK\nwpa_passphrase=doorbell2021\nrsn_pairwise=CCMP\n'})
bad('wifi-supplicant', 'configurations', 'the passphrase of a factory network is left in the image', {'etc/wpa_supplicant.conf': 'ctrl_interface=/var/run/wpa_supplicant\nupdate_config=1\nnetwork={\n\tssid="Factory-Test"\n\tpsk="fct-line-07"\n\tkey_mgmt=WPA-PSK\n}\n'})
bad('wps-pin', 'configurations', 'one WPS PIN for all units', {'etc/hostapd-wps.conf': 'interface=wlan0\nssid=HomeGW\nwps_state=2\neap_server=1\nap_setup_locked=0\nap_pin=12345670\n'})
bad('hostapd-radius', 'configurations', 'a default RADIUS secret of the access point', {'etc/hostapd.conf': 'interface=wlan0\nssid=Corp\nieee8021x=1\nauth_server_addr=10.0.0.2\nauth_server_port=1812\nauth_server_shared_secret=radius123\n'})
bad('nvram-defaults-text', 'NVRAM', 'default login and Wi-Fi key in the defaults', {'etc/nvram.default': 'lan_ipaddr=192.168.1.1\nhttp_username=admin\nhttp_passwd=admin\nwl0_ssid=Broadband\nwl0_akm=psk2\nwl0_wpa_psk=broadband01\n'})
bad('nvram-defaults-binary', 'NVRAM', 'default login in a binary list of defaults', {'usr/share/defaults.bin': b'FLSH' + struct.pack('<IIII', 120, 0x0101, 0, 0) + b'boardtype=0x0646\0lan_proto=static\0http_username=admin\0http_passwd=password\0wl_ssid=NETGW\0wl_wpa_psk=netgw12345\0\0'})
bad('uboot-env', 'NVRAM', 'the boot environment carries the login and Wi-Fi password of all units', {
    'boot/uboot-env.bin': uboot({'bootdelay': '1', 'bootcmd': 'run bootnand', 'baudrate': '115200', 'ethaddr': '00:11:22:33:44:55', 'wifi_ssid': 'setup', 'wifi_password': 'setup-2020', 'root_password': 'hi3518'})})
bad('config-xml-accounts', 'configurations', 'web logins in clear text equal for all units', {'etc/default_config.xml': '<DeviceConfig>\n <X_Accounts>\n  <Account Enable="1" UserName="admin" Password="admin" Level="2"/>\n  <Account Enable="1" UserName="telecomadmin" Password="nE7jA%5m" Level="1"/>\n </X_Accounts>\n</DeviceConfig>\n'})
bad('config-json-accounts', 'configurations', 'default account of a recorder', {'mnt/mtd/Config/Account1.json': '{"Users":[{"Name":"admin","Password":"888888","Group":"admin","Reserved":true},{"Name":"default","Password":"tluafed","Group":"user"}]}\n'})
bad('config-ini', 'configurations', 'default web login', {'usr/local/etc/webserver.ini': '[http]\nport=80\n\n[auth]\nadmin_name=admin\nadmin_password=9999\n'})
bad('config-yaml', 'configurations', 'hard-coded broker login', {'etc/gateway/config.yaml': 'mqtt:\n  host: broker.gw-cloud.example\n  port: 8883\n  username: gateway\n  password: N0rdl1cht-77\nlog: info\n'})
bad('sqlite-users', 'configurations', 'default login in a table', {'usr/share/app/default.db': sqlite('create table users(id integer primary key, username text, password text, role text)', "insert into users(username,password,role) values('admin','admin','administrator')", "insert into users(username,password,role) values('installer','instal1','service')")})
bad('sqlite-private-key', 'keys', 'a private key in a table', {'usr/share/app/certs.db': sqlite('create table certs(name text, cert text, key text)', ("insert into certs values('cloud',?,?)", ('', ec(pkcs8=True).decode())))})
bad('esp32-nvs', 'NVRAM', 'Wi-Fi password and broker password in the flashed settings', {'nvs.bin': nvs('key,type,encoding,value\nwifi,namespace,,\nssid,data,string,FactoryAP\npassword,data,string,factory-pass-01\nmqtt,namespace,,\nmqtt_user,data,string,device\nmqtt_pass,data,string,Bl4uesHaus\n')})
bad('android-build-prop', 'configurations', 'a hotspot password in the build properties', {'system/build.prop': 'ro.build.id=SQ3A\nro.product.model=TB-10\nro.product.manufacturer=Acme\npersist.sys.hotspot.ssid=TB-10\npersist.sys.hotspot.password=tb10tb10\n'})
bad('cgi-shell-login', 'logins in code', 'a fixed login in a CGI script', {'www/cgi-bin/login.cgi': '#!/bin/sh\neval $(proccgi $*)\nif [ "$FORM_user" = "service" ] && [ "$FORM_password" = "s3rv1ce!" ]; then\n  echo "Set-Cookie: session=$(genid)"\nfi\n'})
bad('lua-login', 'logins in code', 'a fixed login in a Lua controller', {'usr/lib/lua/luci/controller/diag.lua': 'module("luci.controller.diag", package.seeall)\n\nfunction action_login()\n  local user = luci.http.formvalue("user")\n  local pass = luci.http.formvalue("pass")\n  if user == "engineer" and pass == "Gw!2016eng" then\n    luci.http.redirect("/diag")\n  end\nend\n'})
bad('php-login', 'logins in code', 'a fixed login in a PHP page', {'var/www/html/login.php': "<?php\nsession_start();\nif ($_POST['username'] == 'admin' && $_POST['password'] == 'B4ckd00r-88') {\n  $_SESSION['auth'] = 1;\n  header('Location: index.php');\n}\n"})
bad('php-database', 'logins in code', 'a fixed database password', {'var/www/html/inc/db.php': "<?php\n$db_host = 'localhost';\n$db_user = 'scada';\n$db_password = 'Sc4d4!pwd';\n$db = new mysqli($db_host, $db_user, $db_password, 'plant');\n"})
bad('python-login', 'logins in code', 'fixed accounts in a Python service', {'usr/lib/webui/auth.py': "from flask import request\n\nUSERS = {'admin': 'letmein99', 'guest': 'guest'}\n\ndef check():\n    auth = request.authorization\n    return auth and USERS.get(auth.username) == auth.password\n"})
bad('node-login', 'logins in code', 'a fixed service login in a Node service', {'opt/webapp/server.js': "const express = require('express')\nconst app = express()\nconst SERVICE_PASSWORD = 'T3chn1k!2020'\napp.post('/login', (req, res) => {\n  if (req.body.user === 'service' && req.body.password === SERVICE_PASSWORD) return res.send('ok')\n  res.status(401).end()\n})\napp.listen(8080)\n"})
bad('chpasswd-script', 'scripts', 'the start script sets one password for all units', {'etc/init.d/S99setup': '#!/bin/sh\necho "root:camera2019" | chpasswd\ntelnetd -p 2323 &\n'})
bad('passwd-script', 'scripts', 'the start script sets one password for all units', {'etc/rc.local': '#!/bin/sh\n(echo "ipc71a"; sleep 1; echo "ipc71a") | passwd root\nexit 0\n'})
bad('nvram-set-script', 'scripts', 'the script resets the web password to a default', {'sbin/factory_reset.sh': '#!/bin/sh\nnvram set http_username=admin\nnvram set http_passwd=admin\nnvram set wl0_wpa_psk=0123456789\nnvram commit\nreboot\n'})
bad('htpasswd-script', 'scripts', 'the script makes the web login with a fixed password', {'etc/init.d/S50nginx': '#!/bin/sh\n[ -f /data/.htpasswd ] || htpasswd -bc /data/.htpasswd admin Welcome1\nnginx\n'})
bad('shadow-written-by-script', 'scripts', 'a fixed hash is written at every start', {'etc/init.d/rcS': "#!/bin/sh\nmount -a\necho 'root:" + crypt('md5crypt', 'hikvision') + ":0:0:root:/root:/bin/sh' > /var/passwd\nln -sf /var/passwd /etc/passwd\n"})
bad('sshpass-tunnel', 'scripts', 'a reverse tunnel with the password in the command', {'usr/sbin/support-tunnel': '#!/bin/sh\nwhile true; do\n  sshpass -p "tunn3lRat!" ssh -o StrictHostKeyChecking=no -N -R 0:localhost:22 rsupport@remote.acme-devices.example\n  sleep 60\ndone\n'})
bad('ftp-upload', 'scripts', 'an upload login in the command', {'usr/bin/send_logs.sh': '#!/bin/sh\ntar czf /tmp/logs.tgz /var/log\nftpput -u devlogs -p L0gUpl0ad ftp.acme-devices.example logs/$(hostname).tgz /tmp/logs.tgz\n'})
bad('curl-basic', 'scripts', 'an HTTP login in the command', {'usr/bin/check_update': '#!/bin/sh\ncurl -s -u updater:Upd4te-Now https://fw.acme-devices.example/latest.json -o /tmp/latest.json\n'})
bad('netrc', 'scripts', 'a login for the update server', {'root/.netrc': 'machine fw.acme-devices.example\n  login ota\n  password Fjord-Kiesel-91\n'})
bad('vnc-start', 'scripts', 'a fixed VNC password', {'etc/init.d/S80vnc': '#!/bin/sh\nx11vnc -display :0 -forever -passwd hmi1234 -bg\n'})
bad('elf-login-hash', 'logins in code', 'a program carries the hash of a fixed root password', {'usr/sbin/dvrlogin': elf('#include <stdio.h>\n#include <string.h>\nchar *crypt(const char*k,const char*s){return (char*)k;}\nstatic const char *line="root:' + crypt('md5crypt', 'juantech') + ':0:0:root:/root:/bin/sh";int main(int c,char**v){puts(line);return strcmp(v[1],line);}')})
K = rsa()
bad('pem-rsa-with-cert', 'keys', 'the key of the web server is equal for all units', {'etc/ssl/private/server.key': K, 'etc/ssl/certs/server.crt': cert(K, '/CN=router.lan/O=Acme'), 'etc/nginx/nginx.conf': 'server {\n listen 443 ssl;\n ssl_certificate /etc/ssl/certs/server.crt;\n ssl_certificate_key /etc/ssl/private/server.key;\n}\n'}, ['etc/ssl/private/server.key'])
bad('pem-ec', 'keys', 'a private EC key equal for all units', {'etc/mqtt/device.key': ec()})
K = ec(pkcs8=True).decode()
bad('pem-combined', 'keys', 'key and certificate of the web server in one file', {'etc/lighttpd/server.pem': K + cert(K, '/CN=192.168.1.1')})
bad('der-pkcs1', 'keys', 'a private key in DER without any header', {'etc/uhttpd.key': rsa('DER')})
bad('der-pkcs8-unknown-name', 'keys', 'a private key in PKCS#8 DER under a name that says nothing', {'usr/share/cloud/blob0.bin': ec('DER', pkcs8=True)})
def enc(password, *flags):
    path = fresh('k'); path.write_text(rsa()); return run('openssl', 'pkcs8', '-topk8', '-in', path, '-passout', f'pass:{password}', *flags)
bad('pkcs8-encrypted', 'keys', 'an encrypted private key whose passphrase is 1234', {'etc/cloud/client.key': enc('1234')})
def p12(password):
    k, c, out = fresh('k'), fresh('c'), fresh('p'); key = ec(); k.write_text(key); c.write_text(cert(key, '/CN=client'))
    run('openssl', 'pkcs12', '-export', '-inkey', k, '-in', c, '-passout', f'pass:{password}', '-out', out); return out.read_bytes()
bad('pkcs12', 'keys', 'a key store with the passphrase changeit', {'opt/app/client.p12': p12('changeit')})
bad('pkcs12-no-password', 'keys', 'a key store with an empty passphrase', {'etc/eap/user.pfx': p12('')})
def jks(kind):
    path = fresh('jks'); run('keytool', '-genkeypair', '-alias', 'tomcat', '-keyalg', 'RSA', '-keysize', '2048', '-dname', 'CN=device', '-storetype', kind, '-keystore', path, '-storepass', 'changeit', '-keypass', 'changeit'); return path.read_bytes()
bad('jks', 'keys', 'a Java key store with a private key and the passphrase changeit', {'opt/app/keystore.jks': jks('JKS')})
def num(n): return base64.urlsafe_b64encode(n.to_bytes((n.bit_length() + 7) // 8, 'big')).rstrip(b'=').decode()
from cryptography.hazmat.primitives.asymmetric import ec as EC, ed25519 as ED
n = EC.generate_private_key(EC.SECP256R1()); q = n.public_key().public_numbers()
JWK = {'kty': 'EC', 'crv': 'P-256', 'kid': 'dev-1', 'x': num(q.x), 'y': num(q.y), 'd': num(n.private_numbers().private_value)}
bad('jwk', 'keys', 'a private signing key as JWK', {'etc/tokend/signing.jwk.json': json.dumps(JWK, indent=1) + '\n'})
def ssh(kind, *more):
    path = fresh('ssh'); run('ssh-keygen', '-q', '-t', kind, *more, '-N', '', '-C', 'root@buildroot', '-f', path); return path.read_text(), Path(f'{path}.pub').read_text()
S = ssh('ed25519'); bad('openssh-host-key', 'keys', 'one SSH host key for all units', {'etc/ssh/ssh_host_ed25519_key': S[0], 'etc/ssh/ssh_host_ed25519_key.pub': S[1]}, ['etc/ssh/ssh_host_ed25519_key'])
bad('openssh-client-key', 'keys', "a client key that opens the maker's server", {'root/.ssh/id_rsa': ssh('rsa', '-b', '2048', '-m', 'PEM')[0]})
def dropbear(kind):
    path = fresh('db'); run('dropbearkey', '-t', kind, '-f', path); return path.read_bytes()
bad('dropbear-rsa', 'keys', 'one SSH host key for all units', {'etc/dropbear/dropbear_rsa_host_key': dropbear('rsa')})
bad('dropbear-ed25519', 'keys', 'one SSH host key for all units', {'etc/dropbear/dropbear_ed25519_host_key': dropbear('ed25519')})
def ppk():
    path, out = fresh('s'), fresh('ppk'); path.write_text(ssh('ed25519')[0]); path.chmod(0o600); run('puttygen', path, '-O', 'private', '-o', out); return out.read_text()
bad('putty', 'keys', 'a PuTTY private key left behind', {'home/service/access.ppk': ppk()})
def pgp(secret, armor=True):
    home = Path(tempfile.mkdtemp()); env = {'GNUPGHOME': str(home)}
    run('gpg', '--batch', '--pinentry-mode', 'loopback', '--passphrase', '', '--quick-gen-key', 'Firmware <fw@acme.example>', 'ed25519', 'sign', 'never', env=env)
    out = run('gpg', '--batch', '--pinentry-mode', 'loopback', '--passphrase', '', *(['--armor'] if armor else []), '--export-secret-keys' if secret else '--export', env=env)
    subprocess.run(['gpgconf', '--kill', 'all'], env={**os.environ, **env}); shutil.rmtree(home, ignore_errors=True); return out
bad('pgp-armored', 'keys', 'the private signing key of the updates is in the image', {'etc/update/signing-key.asc': pgp(True)})
bad('pgp-binary', 'keys', 'a secret key ring is in the image', {'root/.gnupg/secring.gpg': pgp(True, False)})
W = text('wg', 'genkey')
bad('wireguard-conf', 'keys', 'one tunnel key for all units', {'etc/wireguard/wg0.conf': f"[Interface]\nAddress = 10.9.0.2/32\nPrivateKey = {text('wg', 'genkey')}\n\n[Peer]\nPublicKey = {text('wg', 'pubkey', stdin=W.encode())}\nEndpoint = vpn.acme-devices.example:51820\nAllowedIPs = 10.9.0.0/24\n"})
bad('wireguard-uci', 'keys', 'one tunnel key for all units', {'etc/config/network': f"config interface 'loopback'\n\toption device 'lo'\n\nconfig interface 'wg0'\n\toption proto 'wireguard'\n\toption private_key '{text('wg', 'genkey')}'\n\tlist addresses '10.0.5.2/24'\n"})
bad('age', 'keys', 'the key that opens the encrypted updates', {'etc/ota/key.txt': run('age-keygen')})
raw = ED.Ed25519PrivateKey.generate()
bad('ed25519-raw', 'keys', 'a raw signing key next to its public half and to the script that signs with it', {
    'etc/attest/sign.ed25519': raw.private_bytes_raw() + raw.public_key().public_bytes_raw(), 'etc/attest/sign.ed25519.pub': raw.public_key().public_bytes_raw(),
    'usr/bin/attest': '#!/bin/sh\n# signs the daily report\nedsign --secret-key /etc/attest/sign.ed25519 /tmp/report > /tmp/report.sig\n'}, ['etc/attest/sign.ed25519'])
salt, knum = os.urandom(16), os.urandom(8)
secret = raw.private_bytes_raw() + raw.public_key().public_bytes_raw()
bad('usign-secret', 'keys', 'the secret half of a package signing key', {'etc/opkg/key-build': 'untrusted comment: Local build key\n' + base64.b64encode(b'EdBK' + struct.pack('>I', 0) + salt + hashlib.sha512(secret).digest()[:8] + knum + secret).decode() + '\n'})
bad('key-in-script', 'keys', 'a private key in a here document', {'usr/bin/provision.sh': '#!/bin/sh\ncat > /tmp/k.pem <<END\n' + ec(pkcs8=True).decode() + 'END\nmosquitto_pub --key /tmp/k.pem -t boot -m 1\n'})
bad('key-in-archive', 'keys', 'a private key in an archive of defaults', {'etc/default-certs.tar.gz': targz({'certs/device.key': rsa().encode(), 'certs/README': b'device credentials\n'})})
def cstring(pem): return pem.replace('\n', '\\n')
bad('key-in-elf-pem', 'keys', 'a private key among the constants of a program', {'usr/sbin/cloudd': elf('#include <stdio.h>\nstatic const char key[]="' + cstring(rsa()) + '";int main(){return puts(key);}')})
DER = ec('DER')
bad('key-in-elf-der', 'keys', 'a private key in DER among the constants of a program', {'usr/lib/libcloudid.so': elf('#include <stdio.h>\nconst unsigned char device_key[]={' + ','.join(map(str, DER)) + '};int main(){return fwrite(device_key,1,sizeof device_key,stdout);}')})
bad('key-in-json', 'keys', 'a cloud identity with its private key in JSON', {'etc/aws/iot.json': json.dumps({'endpoint': 'a1b2.iot.eu-central-1.amazonaws.com', 'thingName': 'gw', 'privateKey': rsa()}, indent=1)})
bad('key-header-in-c', 'keys', 'a private key in a header file that was shipped', {'usr/include/cloud_certs.h': 'static const char kDeviceKey[] =\n' + ''.join(f'  "{line}\\n"\n' for line in ec(pkcs8=True).decode().splitlines()) + ';\n'})
bad('openvpn-inline', 'keys', 'a client key within the profile', {'etc/openvpn/client.ovpn': 'client\nremote vpn.acme-devices.example 1194\n<key>\n' + ec(pkcs8=True).decode() + '</key>\n'})
bad('openvpn-static', 'keys', 'a static tunnel key equal for all units', {'etc/openvpn/ta.key': '#\n# 2048 bit OpenVPN static key\n#\n-----BEGIN OpenVPN Static key V1-----\n' + '\n'.join(hexes(32) for _ in range(16)) + '\n-----END OpenVPN Static key V1-----\n'})
bad('ipsec-psk', 'keys', 'a shared tunnel secret equal for all units', {'etc/ipsec.secrets': '# secrets\n%any vpn.acme-devices.example : PSK "gX2rT7uJ9bnq41"\n'})
k = fresh('k'); k.write_text(rsa())
bad('pem-encrypted-passphrase-beside', 'keys', 'an encrypted key with its passphrase in the configuration beside it', {'etc/mosquitto/certs/client.key': run('openssl', 'rsa', '-aes128', '-traditional', '-in', k, '-passout', 'pass:Eis-Berg-5'), 'etc/bridge.json': '{"keyfile":"/etc/mosquitto/certs/client.key","keyPassword":"Eis-Berg-5"}\n'})
T = 'tokens'
bad('aws', T, 'an AWS access key with its secret', {'usr/bin/upload-logs.sh': '#!/bin/sh\nexport AWS_ACCESS_KEY_ID=' + parts('AK', 'IA' + alnum(16, string.ascii_uppercase + '234567')) + '\nexport AWS_SECRET_ACCESS_KEY=' + parts(alnum(20), alnum(20)) + '\naws s3 cp /tmp/logs.tgz s3://acme-logs/\n'})
bad('azure-iot', T, 'a device connection string of a hub', {'etc/azure/device.conf': 'connection=HostName=acme.azure-devices.net;DeviceId=gw;Shared' + JOIN + 'AccessKey=' + base64.b64encode(os.urandom(32)).decode() + '\n'})
bad('azure-storage', T, 'a storage account key', {'opt/uploader/settings.ini': '[blob]\nconnection=DefaultEndpointsProtocol=https;AccountName=acmelogs;Account' + JOIN + 'Key=' + base64.b64encode(os.urandom(64)).decode() + ';EndpointSuffix=core.windows.net\n'})
K = rsa(traditional=False)
bad('gcp', T, 'a service account with its private key', {'etc/gcp/sa.json': json.dumps({'type': 'service_account', 'project_id': 'acme-iot', 'private_key_id': hexes(40), 'private_key': K, 'client_email': 'dev@acme-iot.iam.gserviceaccount.com', 'client_id': alnum(21, string.digits)}, indent=1)})
bad('tuya', T, 'the authorisation pair of a Tuya module, equal for all units', {'etc/tuya/license.json': '{"uuid":"' + hexes(20) + '","authkey":"' + alnum(32) + '"}\n'})
bad('alicloud', T, 'an Alibaba Cloud access key with its secret', {'etc/oss.conf': 'endpoint=oss-cn-hangzhou.aliyuncs.com\naccessKeyId=' + parts('LT', 'AI5t' + alnum(20)) + '\naccessKeySecret=' + parts(alnum(15), alnum(15)) + '\n'})
bad('aliyun-iot-triple', T, 'the device secret of an Alibaba IoT device', {'etc/linkkit.json': '{"ProductKey":"a1' + alnum(9) + '","DeviceName":"cam","DeviceSecret":"' + hexes(32) + '"}\n'})
bad('firebase-server-key', T, 'a server key for push messages', {'opt/push/fcm.conf': 'server_key=' + parts('AAAA' + alnum(7) + ':APA', '91b' + alnum(134)) + '\n'})
bad('twilio', T, 'an account with its token', {'opt/alarm/sms.py': "ACCOUNT_SID = '" + parts('A', 'C' + hexes(32)) + "'\nAUTH_TOKEN = '" + parts(hexes(16), hexes(16)) + "'\nfrom twilio.rest import Client\nclient = Client(ACCOUNT_SID, AUTH_TOKEN)\n"})
bad('stripe', T, 'a live secret key', {'opt/kiosk/pay.js': "const stripe = require('stripe')('" + parts('sk_', 'live_' + alnum(24)) + "')\n"})
bad('slack-webhook', T, 'a webhook into a channel of the maker', {'usr/bin/notify': '#!/bin/sh\ncurl -d @- https://hooks.slack' + JOIN + '.com/services/T' + alnum(8, string.ascii_uppercase + string.digits) + '/B' + alnum(10, string.ascii_uppercase + string.digits) + '/' + alnum(24) + '\n'})
def github():
    body = alnum(30); crc = binascii.crc32(body.encode()); digits = string.digits + string.ascii_uppercase + string.ascii_lowercase; out = ''
    while crc: crc, r = divmod(crc, 62); out = digits[r] + out
    return parts('gh', 'p_' + body + out.rjust(6, '0'))
bad('github', T, 'a token among the stored logins of git', {'root/.git-credentials': 'https://ci:' + github() + '@github.com\n'})
bad('mqtt-url', T, 'a broker login in the address', {'etc/telemetry.conf': 'broker=mqtt://telemetry:Zug-spitze9@mqtt.acme-devices.example:1883\n'})
bad('amqp-url', T, 'a queue login in the address', {'opt/agent/.env': 'AMQP_URL=amqps://agent:hT6bWq2Lk@queue.acme-devices.example/iot\n'})
def jwt(head, body, key):
    b = lambda o: base64.urlsafe_b64encode(json.dumps(o, separators=(',', ':')).encode()).rstrip(b'=').decode()
    import hmac
    signed = f'{b(head)}.{b(body)}'
    return signed[:20] + JOIN + signed[20:] + '.' + base64.urlsafe_b64encode(hmac.new(key, signed.encode(), hashlib.sha256).digest()).rstrip(b'=').decode()
bad('jwt', T, 'a bearer token without an end, equal for all units', {'etc/cloud/token': jwt({'alg': 'HS256', 'typ': 'JWT'}, {'sub': 'gateway', 'scope': 'telemetry:write', 'iss': 'acme-cloud', 'iat': 1583020800}, os.urandom(32)) + '\n'})
bad('ota-openssl-passphrase', T, 'the passphrase of the encrypted updates', {'usr/sbin/fwupgrade': '#!/bin/sh\nopenssl enc -d -aes-256-cbc -md md5 -k "Acme#Fw2018" -in "$1" -out /tmp/fw.bin && dd if=/tmp/fw.bin of=/dev/mtdblock3\n'})
bad('ota-swupdate-aes', T, 'the symmetric key of the encrypted updates', {'etc/swupdate/aes.key': f'{hexes(64)} {hexes(32)}\n', 'etc/init.d/swupdate': '#!/bin/sh\nswupdate -K /etc/swupdate/aes.key -k /etc/swupdate/public.pem -w "-r /www"\n'}, ['etc/swupdate/aes.key'])
bad('telegram', T, 'a bot token', {'usr/lib/alarm/bot.py': "TOKEN = '" + parts(alnum(10, '123456789') + ':AA', alnum(33)) + "'\nURL = f'https://api.telegram.org/bot{TOKEN}/sendMessage'\n"})
bad('gitlab', T, 'an access token', {'etc/opkg/customfeeds.conf': 'src/gz acme https://deploy:' + parts('glp', 'at-' + alnum(20)) + '@git.acme-devices.example/feed\n'})
bad('zigbee-known-key', T, 'the link key that everybody knows', {'etc/zigbee/coordinator.json': '{"channel":15,"panId":"0x1a62","trustCenterLinkKey":"5A6967426565416C6C69616E63653039","port":"/dev/ttyS1"}\n'})
bad('zigbee-network-key', T, 'one network key for all units', {'opt/zigbee2mqtt/data/configuration.yaml': 'serial:\n  port: /dev/ttyS1\nadvanced:\n  pan_id: 6754\n  network_key: [1, 3, 5, 7, 9, 11, 13, 15, 0, 2, 4, 6, 8, 10, 12, 13]\n'})
bad('zwave-network-key', T, 'one network key for all units', {'etc/openzwave/options.xml': '<?xml version="1.0" encoding="utf-8"?>\n<Options>\n <Option name="NetworkKey" value="0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x0E, 0x0F, 0x10"/>\n</Options>\n'})
bad('mail-relay', 'configurations', 'a login for the mail relay', {'etc/msmtprc': 'account default\nhost smtp.acme-devices.example\nport 587\nauth on\nuser alarm@acme-devices.example\npassword K4ltwasser\nfrom alarm@acme-devices.example\n'})
bad('mysql-client', 'configurations', 'a database password', {'root/.my.cnf': '[client]\nuser=root\npassword=plc-root-1\n'})
bad('sip-secret', 'configurations', 'a telephone login equal for all units', {'etc/asterisk/sip.conf': '[general]\nbindport=5060\n\n[door]\ntype=friend\nhost=dynamic\nsecret=klingel123\n'})
bad('redis', 'configurations', 'a fixed password of the data store', {'etc/redis/redis.conf': 'bind 0.0.0.0\nport 6379\nrequirepass foobared42\n'})
bad('pppoe-uci', 'configurations', 'one access login for all units', {'etc/config/network': "config interface 'wan'\n\toption proto 'pppoe'\n\toption username 'generic@isp.example'\n\toption password 'generic-2017'\n"})
bad('pureftpd', 'accounts', 'an FTP login with the password ftp', {'etc/pureftpd.passwd': f"ftp:{crypt('md5crypt', 'ftp')}:1000:1000::/media/./::::::::::::\n"})
