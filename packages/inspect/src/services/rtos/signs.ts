/** What a text in a firmware without an operating system's files stands for. */
export interface Sign {
  readonly literal: string
  readonly kind: 'system' | 'task' | 'console' | 'network' | 'wireless' | 'update'
  /** Names of programs and stacks: the same in every language. */
  readonly what: string
}

/** Texts of real-time systems and their stacks: log tags, prompts, names of tasks. */
export const SIGNS: readonly Sign[] = [
  { literal: 'Tmr Svc', kind: 'system', what: 'FreeRTOS' },
  { literal: 'FreeRTOS Kernel V', kind: 'system', what: 'FreeRTOS' },
  { literal: 'Booting Zephyr OS', kind: 'system', what: 'Zephyr' },
  { literal: 'Booting nRF Connect SDK', kind: 'system', what: 'nRF Connect SDK' },
  { literal: 'Thread Operating System', kind: 'system', what: 'RT-Thread' },
  { literal: 'NuttShell', kind: 'system', what: 'NuttX' },
  { literal: 'Azure RTOS ThreadX', kind: 'system', what: 'ThreadX' },
  { literal: 'This is RIOT!', kind: 'system', what: 'RIOT' },
  { literal: 'Starting Contiki-NG', kind: 'system', what: 'Contiki-NG' },
  { literal: 'RedBoot>', kind: 'system', what: 'eCos (RedBoot)' },
  { literal: 'Mbed OS ', kind: 'system', what: 'Mbed OS' },
  { literal: 'tcpip_thread', kind: 'task', what: 'lwIP' },
  { literal: 'tcpip_task', kind: 'task', what: 'lwIP' },
  { literal: 'uart:~$', kind: 'console', what: 'Zephyr shell' },
  { literal: 'shell_uart', kind: 'console', what: 'Zephyr shell' },
  { literal: 'shell_telnet', kind: 'network', what: 'Zephyr shell over Telnet' },
  { literal: 'shell_mqtt', kind: 'network', what: 'Zephyr shell over MQTT' },
  { literal: 'nsh> ', kind: 'console', what: 'NuttX shell' },
  { literal: 'msh >', kind: 'console', what: 'RT-Thread shell' },
  { literal: 'finsh>', kind: 'console', what: 'RT-Thread shell' },
  { literal: 'esp_console', kind: 'console', what: 'ESP-IDF console' },
  { literal: 'linenoise', kind: 'console', what: 'line editor of a console' },
  { literal: 'httpd_txrx', kind: 'network', what: 'ESP-IDF web server' },
  { literal: 'httpd_uri', kind: 'network', what: 'ESP-IDF web server' },
  { literal: 'protocomm_httpd', kind: 'network', what: 'ESP-IDF provisioning over HTTP' },
  { literal: 'wifi_prov_scheme_softap', kind: 'wireless', what: 'ESP-IDF provisioning over an access point' },
  { literal: 'wifi_prov_scheme_ble', kind: 'wireless', what: 'ESP-IDF provisioning over Bluetooth LE' },
  { literal: 'MQTT_CLIENT', kind: 'network', what: 'MQTT client' },
  { literal: 'mqtt_client', kind: 'network', what: 'MQTT client' },
  { literal: 'coap_server', kind: 'network', what: 'CoAP server' },
  { literal: 'mdns_', kind: 'network', what: 'mDNS' },
  { literal: 'telnetd', kind: 'network', what: 'Telnet' },
  { literal: 'NimBLE', kind: 'wireless', what: 'NimBLE' },
  { literal: 'BLE_INIT', kind: 'wireless', what: 'Bluetooth LE' },
  { literal: 'BT_HCI', kind: 'wireless', what: 'Bluetooth' },
  { literal: 'esp_https_ota', kind: 'update', what: 'ESP-IDF OTA over HTTPS' },
  { literal: 'esp_ota_ops', kind: 'update', what: 'ESP-IDF OTA' },
  { literal: 'mcumgr', kind: 'update', what: 'MCUmgr' },
  { literal: 'smp_bt', kind: 'update', what: 'MCUmgr over Bluetooth' },
]
