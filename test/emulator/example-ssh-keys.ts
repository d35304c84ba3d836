/** A public key of 2048 bits, as `ssh-keygen` wrote it. */
export const SSH_KEY =
  'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQC4NRny/AIRBF+mO3GHG8X563gTP9wCFMKTOXAzNxCI6/xFSJdxy1QKy2chDULVNOG9I0Tr9sZNf6ShT+KXaxRHgiht1VHt+An+J43u3qZRrft8TBP8ClHvwxefFushsRpMBTuT4g+SFfaiOobcwWnOvK3U25QuRYMNkgyfL7fBw4imt5owJngSVe/VE+ub0bVnc9vVypTSn7JPUkjd2pJCacF1XPK1VnCYdwI/LebmXihXZsvZGfJh+LbE/HNzRF34L2EbDH8U+4ncX8ljWX7nMwlrfJcgulY5V7gb2bEbTvAZuqKcF45AK5JIXYqrw36msPKMzMxwt7WxJOzSse79 alice@example';

/** The same key, as `ssh-keygen -e -m PKCS8` writes it. */
export const PEM_KEY = `-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAuDUZ8vwCEQRfpjtxhxvF
+et4Ez/cAhTCkzlwMzcQiOv8RUiXcctUCstnIQ1C1TThvSNE6/bGTX+koU/il2sU
R4IobdVR7fgJ/ieN7t6mUa37fEwT/ApR78MXnxbrIbEaTAU7k+IPkhX2ojqG3MFp
zryt1NuULkWDDZIMny+3wcOIpreaMCZ4ElXv1RPrm9G1Z3Pb1cqU0p+yT1JI3dqS
QmnBdVzytVZwmHcCPy3m5l4oV2bL2RnyYfi2xPxzc0Rd+C9hGwx/FPuJ3F/JY1l+
5zMJa3yXILpWOVe4G9mxG07wGbqinBeOQCuSSF2Kq8N+prDyjMzMcLe1sSTs0rHu
/QIDAQAB
-----END PUBLIC KEY-----`;

/** Its digest, as `ssh-keygen -E md5 -l` prints it. */
export const KEY_FINGERPRINT = '7e:5c:4b:a2:95:6c:14:ee:99:c2:4e:03:00:f0:3e:de';

/** An RSA key of 1024 bits. */
export const SHORT_SSH_KEY =
  'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQDeNvPY5ouni7u+4+Umka8Za+hjmzXN1q55Wtd5m/Dz/9XVPef/po2BKJm5KnFCAytnvusg3TDNQkv6dyNXOoZ1o12LMBMlebAnPE8CzXkScv4K9XalDpKmOtwECXqbZw2Hm9aiFzds0GGG0vMGF6APdpVVhgssv4zkvk2e7gx1sw== s';

/** A key of another kind than RSA. */
export const ED25519_KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGAVxbcGT08vg8MrTXxDfXboPecN2q/vd/+29JXdv1es s';
