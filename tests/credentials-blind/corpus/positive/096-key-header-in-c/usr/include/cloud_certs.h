static const char kDeviceKey[] =
  "-----BEGIN PRIVATE KEY-----\n"
  "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgjzMBHhy3ZY7ZvSxM\n"
  "Gxw+YleLHjOyXo3BNrkvstm4lo+hRANCAARtPjqyV1oyLj3kksdi7u9FzWae314U\n"
  "BpazbIqneVEpxE05nBnOtD8t+Uewb1ASAsG95xp7I3M8C8qSKKMRPnu1\n"
  "-----END PRIVATE KEY-----\n"
;
