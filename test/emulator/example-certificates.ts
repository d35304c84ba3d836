// Made with openssl for these tests alone; they are valid until 2126.

/** A certificate authority. */
export const AUTHORITY = `-----BEGIN CERTIFICATE-----
MIIDDTCCAfWgAwIBAgIUUTCSAGkFuhSNEBL4bQV3BiktmJkwDQYJKoZIhvcNAQEL
BQAwFTETMBEGA1UEAwwKRXhhbXBsZSBDQTAgFw0yNjExMjIxNTQ4MzZaGA8yMTI2
MTAyOTE1NDgzNlowFTETMBEGA1UEAwwKRXhhbXBsZSBDQTCCASIwDQYJKoZIhvcN
AQEBBQADggEPADCCAQoCggEBANi62cDkBrWaZ9e1LqulshJoGKB9URhoPjirfELo
ca/IfKG0ZzBZk7YKjolnCsZaHwH83uRGgZxI/UZ8KQtKd8bcP+SvLQhiiu+k6NTP
GJmc+vg5oLWSWJbGu9vYcux0O3Chz5QwU7diirkrCLNMxeZN8QD7No/vTtpQqXYY
OcKpeuKj6ikItwqM6+dUe8TCPmJKELCaw9EWev9rhCDTPT4K89gN1Amcn9iQbEkY
6sfIlTMl0Js7pskrxw8mMZoIMocs1Wi5NxLCcFMVvKdHEjOUtWc2qz3y9KWn6LIU
5liA20betRsalnKX6pQUYeexiHXWN77sJBDNc4hNZi9tXFkCAwEAAaNTMFEwHQYD
VR0OBBYEFD5J5dFxS6Zk3pzimNbxH4kg0IcsMB8GA1UdIwQYMBaAFD5J5dFxS6Zk
3pzimNbxH4kg0IcsMA8GA1UdEwEB/wQFMAMBAf8wDQYJKoZIhvcNAQELBQADggEB
AMQYf96yI1CBepjDB4SiKJ+sRMGC0j0HtNRJVGC9/JjVu0u3EfxlQHP/6WtrZDiX
qCCfs+tvFKY5Wm3I/OHBXvLNzUTMkn1fCyZgIr5USDkoef+8pe6at6T4GzWZAgNI
bXcd1OqKyHYOFNC998KUEePTaSUUX7AgmfkuEtj+fDVEddyTIpKcyZviS4muGuc0
UfnWjGquzF6XsXntmM804qCv7jj1bJi0n+MjciTgm5ZAU38/cds0WG/LSX6cXc2w
xpKhYG1E1Ozoi9lQznJ1qD3h5CyN+cJQ+nNNvKH9qEz3dQKUjiM1URApJK6AwKPq
EEM3+pawp8TC6D52JWgp0Bg=
-----END CERTIFICATE-----
`;

/** A certificate of `www.example.com` that the authority issued. */
export const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIICuDCCAaACFGMdOkBAmQnZkscOQHX43VusLKuIMA0GCSqGSIb3DQEBCwUAMBUx
EzARBgNVBAMMCkV4YW1wbGUgQ0EwIBcNMjYxMTIyMTU0ODM3WhgPMjEyNjEwMjkx
NTQ4MzdaMBoxGDAWBgNVBAMMD3d3dy5leGFtcGxlLmNvbTCCASIwDQYJKoZIhvcN
AQEBBQADggEPADCCAQoCggEBALsKFNtZGW+U2Uq99gSZUXX6UWJkQrkFYRgJ+g39
PPRIsYb2rF3Ysec8hfBS3yuhvvbCIFtV07AbOXQjSf9iPKhSNSVKAlSzAwgepSTo
cBVJFFErP5QtkSq5xHiRj6EW/y4rhQF5Gv5nPHqQMKn+rg8GMgxfplvFmjxJOBzH
m+E4bDJCwpCOZ8RAAAEoit718WGUmyxPM1qPQYd9GsN+GBV+XiOyLw1lvAVp+czu
rjehHT6ieoUEZ1noJTSdqTWHGJIUu8eFm6SCmlymEvW2XODCPnoV+44PcbGPeBx4
qR/Rjy2tfCAePznEOmoINnDc96MyyMXv1tiL35k6pUVfigsCAwEAATANBgkqhkiG
9w0BAQsFAAOCAQEAd5HwhfIURVkuijfKj27gb9PXm4WQ194M96/cbR2soaicFZ7N
HekprXLaEgEaQQwl/nNOSkWxr9otZnRZ9QZhGw0MRb8utiPZT64gEFiw4/QSjSFP
0A8N7VDpqO5Vexehh6od2gt8dS2x1x2UXbfdHWoJQGsjW9ADzNNHIuzvt5CT01V2
DibJcqyvvOsoDExwVtPW+/PIQM4Z66fZR0WzdtobHulL0kb8PIRK7RhACW/gMAZg
v1i7aiOguXocImSwozUN21iLcidnLjd4awVJFvhW84UzYpZPR5bFHnGbyAMR2W/G
FVvuXtDykYe2vp+BxNXQRB4ufiA0O6Q4m8Ph3Q==
-----END CERTIFICATE-----
`;

/** The private key of the certificate. */
export const CERTIFICATE_KEY = `-----BEGIN PRIVATE KEY-----
MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7ChTbWRlvlNlK
vfYEmVF1+lFiZEK5BWEYCfoN/Tz0SLGG9qxd2LHnPIXwUt8rob72wiBbVdOwGzl0
I0n/YjyoUjUlSgJUswMIHqUk6HAVSRRRKz+ULZEqucR4kY+hFv8uK4UBeRr+Zzx6
kDCp/q4PBjIMX6ZbxZo8STgcx5vhOGwyQsKQjmfEQAABKIre9fFhlJssTzNaj0GH
fRrDfhgVfl4jsi8NZbwFafnM7q43oR0+onqFBGdZ6CU0nak1hxiSFLvHhZukgppc
phL1tlzgwj56FfuOD3Gxj3gceKkf0Y8trXwgHj85xDpqCDZw3PejMsjF79bYi9+Z
OqVFX4oLAgMBAAECggEADDAyqRM7+RggtiIoL1HeYRXCypVF/ns/QdXEmbdwNWsB
8Tg52z5iZB3UNz5ElLn25mrtY4ZK7nrtBN3CgLCMy1swDhIDPN8SyitVD6al8dJ6
pHTGW92W9sshkR8ggPAtXiYv21IM/u8IneQE3SRfgKh4B8kOii8XnJNuOKc5R9/M
kx/jdXo0ONqNqRc9utySb816UfMANMdQzSBeJtwqNsdU+iBlALP2dqt8gIpyAi+4
dWh8HBLf8upgCeDrNCBDMTOnYXLHJR/HzVDYJPFVYW4SLUVT5G+2jSvD6XBt2WrP
cTeNjMd6E2g2XllmEI6HPxmbnVgR8p6zygAG7WRcQQKBgQD8Zyct6Rd4kdKbMayc
ekfgrRGNPUL+x+1aAWRYrVV8hHcKfiCm+pGR9FyX7sjYCqMdZtpPnwLVtZGMRFVc
fnxomHnDRaSIbd1/9ceo8NxwGMgkdDpPhJMmPfd0Y+GnS+dTB0LWtMoQ5HLYW8A/
C0gq8ncOi+T4XJnzGKmplI2UyQKBgQC9tHYPk7QOGsNSh2rl4Aa0Sg6OaF/q5STO
j4mn1mY+1jsiAXrikBfpK2P9o92XZY4vfZHjLBTUWhvBXZAB7CTdH/VpNy4B4CaG
tuo8Rk0eFtDiRk6xxA3mIivPnh0+dc266NrGaIzBs7tqxh9raSRvzLxdLUX55aWc
YAxAgES2MwKBgQDo7kVhACjR8zk6UfhrHAozVWTKRIwMVvM7SeeSUrx+wjydqVJ2
5uzqlmnRKOOfRQnNe3rjWeqi0QJ2QSXJy00CthxA0oeKBGIS0f6lcUruBGDIC584
fS/TbgJtHjREUS81F5FeVc/ZEQrPkrTzOXUrdUHcYcw4TDUi/FKvFlImyQKBgHS3
jVP0KnnrGXWzf5/DgBx43A/eQ/V/2m+EfMtY7DuJD4TSqEqxISUC31h086dsgljR
x2qf+ojUj/Men7WvFtc+DH4ZxyK8SLfl3qQLFPOIUiiF3XEeEPcg2xe4ToHZdSSk
k8YzGTcsYAlHsJkjbZmju9kQO9eO5aAasC8XPC9lAoGAeenWciwTPTOYEw0jlhOe
LQRAdt7OaCmnj3VgEFPhPsmylXNuGS6fIz7GpgzQllX9QQf5nQvqmOThdVBnO8wy
Cjv2AqEc2u6qgAvMpjjQayHtFUNWYmexUpFpV0wbkjDxjPxqj/1121Pmc0Q2yQVo
N/jfA2F9J05z4JBApqiHTnk=
-----END PRIVATE KEY-----
`;

/** A certificate that ended on 2026-11-23. */
export const SHORT_CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBdTCCARugAwIBAgIURNuJr86TE/B724nBceMQo6jK7lIwCgYIKoZIzj0EAwIw
EDEOMAwGA1UEAwwFc2hvcnQwHhcNMjYxMTIyMTU0ODM3WhcNMjYxMTIzMTU0ODM3
WjAQMQ4wDAYDVQQDDAVzaG9ydDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABGJo
RA+MWdroClpT8Lr3W8Jvy8QEQkrjXiy+54JDE+EdcyJ/OcALkPlNnLVpuS/1vWh+
Z+dR//0+KF9EPBXMHtCjUzBRMB0GA1UdDgQWBBSEsZbtcC89MKoR2J6iWT2powla
xjAfBgNVHSMEGDAWgBSEsZbtcC89MKoR2J6iWT2powlaxjAPBgNVHRMBAf8EBTAD
AQH/MAoGCCqGSM49BAMCA0gAMEUCIGuFVPH6fH/3LInI6Uz9fmtiFkyJGTRiQB59
179mxFJZAiEA0n3FxsoggZldv2MYHKZ7nGRcZeMgCgcLvklzQsg/FZM=
-----END CERTIFICATE-----
`;

/** The private key of the certificate that ended. */
export const SHORT_CERTIFICATE_KEY = `-----BEGIN EC PRIVATE KEY-----
MHcCAQEEIAfge32eZ7uY0qdbjRIv70OyJT3oV2uMmU7dLr611kzsoAoGCCqGSM49
AwEHoUQDQgAEYmhED4xZ2ugKWlPwuvdbwm/LxARCSuNeLL7ngkMT4R1zIn85wAuQ
+U2ctWm5L/W9aH5n51H//T4oX0Q8Fcwe0A==
-----END EC PRIVATE KEY-----
`;

/** Metadata of an identity provider that signs with the authority's key, or that of another certificate. */
export const samlMetadata = (
  attributes = '',
  certificate = AUTHORITY,
): string => `<?xml version="1.0" encoding="UTF-8"?>
<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://idp.example.com/saml"${attributes}>
  <md:IDPSSODescriptor WantAuthnRequestsSigned="false" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
    <md:KeyDescriptor use="signing">
      <ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#">
        <ds:X509Data><ds:X509Certificate>${certificate.replace(/-----[^-]+-----/g, '').trim()}</ds:X509Certificate></ds:X509Data>
      </ds:KeyInfo>
    </md:KeyDescriptor>
    <md:NameIDFormat>urn:oasis:names:tc:SAML:2.0:nameid-format:persistent</md:NameIDFormat>
    <md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://idp.example.com/sso"/>
  </md:IDPSSODescriptor>
</md:EntityDescriptor>
`;
