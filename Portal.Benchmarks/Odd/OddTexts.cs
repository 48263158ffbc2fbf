namespace Portal.Benchmarks.Odd;

/// <summary>What people do not write and programs do.</summary>
internal static class OddTexts
{
    /// <summary>As values in JSON, some of which are none.</summary>
    public static readonly string[] Values =
    [
        "null", "true", "0", "-1", "-0", "1e5", "1e999", "-1e400", "0.1", "2147483648", "9223372036854775807", "9223372036854775808", "-9223372036854775809", "123456789012345678901234567890.1234567890",
        "NaN", "Infinity", "01", "+1", "0x10", "'x'", "undefined", "[]", "{}", "[[[]]]", "[1,2,3]", "{\"amount\":\"x\",\"currency\":\"ZZZ\"}", "{\"amount\":\"99999999999999999999\",\"currency\":\"USD\"}",
        "\"\"", "\" \"", "\"\\u0000\"", "\"a\\u0000b@example.com\"", "\"\\ud800\"", "\"\\udc00x\"", "\"\\ud83d\"", "\"\\ufffe\"", "\"\\ufdd0\"", "\"\\u202e\\u200b\"", "\"\\x41\"", "\"\\u12\"", "\"\t\"", "\"\n\"",
        "\"2026-02-30\"", "\"0000-00-00T00:00:00Z\"", "\"0001-01-01T00:00:00+14:00\"", "\"9999-12-31T23:59:59.9999999-14:00\"", "\"10000-01-01\"", "\"-0001-01-01\"", "\"2026-W05\"", "\"24:00\"",
        "\"'; DROP TABLE Clients;--\"", "\"<script>alert(1)</script>\"", "\"{{7*7}}\"", "\"%s%n\"", "\"../../etc/passwd\"", "\"١٢٣\"", "\"1\"", "\"admin\"", "\"ADMIN\"", "\"UTC\"", "\"Etc/Nowhere\"", "\"USD\"", "\"XXX\"",
        "\"a@b\"", "\"@\"", "\"a@b@c\"", "\"a@\\u00e4.com\"", "\"\\\"a b\\\"@example.com\"", "\"a@xn--.com\"", "\"a\\r\\nBcc: b@example.com\"", "\"+919845000000\"", "\"ß\\u0130\\u0131\\ufb01\"", "\"\\ud835\\udd38\"",
    ];

    /// <summary>As ids and values in an address.</summary>
    public static readonly string[] Escaped =
    [
        "", "0", "-1", "1", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "1e3", "1.0", "0x1", "%00", "%0a", "%0d%0aX-Odd:%201", "%ff", "%c0%80", "%ed%a0%80", "%ef%bf%be", "%u0000", "%", "%2", "%zz", "%2e%2e%2f",
        "%2f", "%5c", "%3f", "%23", "..", ".", "*", "'", "%22", "%3cscript%3e", "null", "true", "NaN", "abc", "%d9%a1", "%f0%9f%92%a9", "%25%32%66", "a+b", "+1", "%201", "1%20", "01", "2026-02-30", "9999-12-31", "0001-01-01", "10000-01-01",
        "9999-12-31T23:59:59.9999999Z", "-name", "name,name", "+name", "%5b%5d", "{}", "a%00b", "csv%00", "ASC", "999999999999", "2147483647", "eyJhIjoxfQ", "AAAA", "////", "%E2%80%AE",
    ];

    private static readonly string[] Plain =
    [
        "", " ", "*", "*/*", "x", "0", "-1", "\"", "\"1\"", "W/\"1\"", "\"1\", \"2\"", "W/", "\"9223372036854775808\"", "null", "\0", "\t", "\u00ff\u00fe", "é", ";", ",", ",,,,", "=", ":", "a/b;q=9", "a/b;q=x", "q=1;q=1", "bytes=0-0", "bytes=-1", "bytes=9-1",
        "bytes=0-,0-,0-,0-", "bytes=99999999999999999999-", "Bearer", "Bearer ", "Bearer x", "Bearer a.b.c", "Bearer eyJhbGciOiJub25lIn0.e30.", "Bearer eyJhbGciOiJFUzI1NiIsImtpZCI6Ii4uLy4uIn0.e30.AAAA", "Basic OjpA", "Bearer \u00ff", "Digest x", "Bearer null",
        "gzip", "br", "identity;q=0", "deflate, gzip;q=1.0, *;q=0.5", "text/html;level=1", "application/problem+json", "chunked", "en-GB,xx-INVALID,;q", "zz", "a-b-c-d-e-f-g-h-i-j", "100-continue", "portal=x; portal=y", "portal=CfDJ8", "portal-form=x", "Thu, 01 Jan 1970 00:00:00 GMT",
        "99.99.99.99, x", "::1", "[::1]:99999", "'", "http://evil.example", "upgrade", "websocket", "0.0.0.0",
    ];

    public static string Pick(Random chance, IReadOnlyList<string> from) => from[chance.Next(from.Count)];

    /// <summary>As the value of a header.</summary>
    public static string Header(Random chance) => chance.Next(12) switch
    {
        0 => new string('a', chance.Next(1, 9_000)),
        1 => new string('a', chance.Next(30_000, 40_000)),
        2 => string.Join(',', Enumerable.Repeat("a", chance.Next(1, 3_000))),
        _ => Pick(chance, Plain),
    };
}
