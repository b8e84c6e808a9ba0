// The CA that stands where nothing is trusted, since runtimes read an empty list of CAs as their
// default CAs.

/**
 * A valid CA whose private key went with the process that made it (docs/examples/make-denying-ca.js):
 * no server has a certificate by it.
 */
export const DENYING_CA = `-----BEGIN CERTIFICATE-----
MIIBaDCCAQ+gAwIBAgIBATAKBggqhkjOPQQDAjApMScwJQYDVQQDEx5pbWFnZXB1
bGxlci1hdXRoIHRydXN0cyBub2JvZHkwIBcNMjUwMTAxMDAwMDAwWhgPOTk5OTEy
MzEyMzU5NTlaMCkxJzAlBgNVBAMTHmltYWdlcHVsbGVyLWF1dGggdHJ1c3RzIG5v
Ym9keTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABHIqZmTI6GbY+AWOFF9cHHgI
3EErMT0vi0/q9pK5C5RvySc5OwJa77N7zV38b7ox7NMO2Vq7wxFM8MRP2SLEtlmj
JjAkMBIGA1UdEwEB/wQIMAYBAf8CAQAwDgYDVR0PAQH/BAQDAgIEMAoGCCqGSM49
BAMCA0cAMEQCIHyH6Wy7j8Hvo+0gDuap5bcE2hFf7s5Cv8BU0mcaCxv/AiBuTOyg
3ku2WPyNmfCJpPSSFpGbxB1P/6xJu0rJyJaKvg==
-----END CERTIFICATE-----
`
