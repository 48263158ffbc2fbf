using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Portal.Tests.Foundation;

public class JwtTests
{
    // RFC 7515, appendix A.3.
    private const string RfcToken =
        "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ." +
        "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";

    private static readonly DateTime Then = new(2026, 11, 21, 10, 0, 0, DateTimeKind.Utc);
    private static readonly ECDsa RfcKey = ECDsa.Create(new ECParameters
    {
        Curve = ECCurve.NamedCurves.nistP256,
        Q = new()
        {
            X = Base64Url.DecodeFromChars("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"),
            Y = Base64Url.DecodeFromChars("x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"),
        },
    });

    private static readonly ECDsa Key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    [Fact]
    public void The_RFCs_token_verifies()
    {
        var claims = Jwt.Verify(RfcToken, RfcKey);
        Assert.Equal("joe", Jwt.Text(claims!.Value, "iss"));
        Assert.Equal(1300819380, Jwt.Number(claims.Value, "exp"));
    }

    [Fact]
    public void Every_changed_bit_of_it_is_refused()
    {
        var parts = RfcToken.Split('.');
        for (var part = 0; part < 3; part++)
        {
            var bytes = Base64Url.DecodeFromChars(parts[part]);
            for (var bit = 0; bit < bytes.Length * 8; bit++)
            {
                var changed = (byte[])bytes.Clone();
                changed[bit / 8] ^= (byte)(1 << (bit % 8));
                string[] token = [.. parts];
                token[part] = Base64Url.EncodeToString(changed);
                Assert.Null(Jwt.Verify(string.Join('.', token), RfcKey));
            }
        }
    }

    [Fact]
    public void Every_changed_letter_is_refused_the_last_of_a_part_too()
    {
        for (var i = 0; i < RfcToken.Length; i++)
        {
            foreach (var other in "AB9-_.=+/ ".Where(c => c != RfcToken[i]))
                Assert.Null(Jwt.Verify($"{RfcToken[..i]}{other}{RfcToken[(i + 1)..]}", RfcKey));
        }
    }

    [Fact]
    public void What_we_sign_verifies_with_its_key_and_with_no_other()
    {
        var token = Jwt.Sign(new() { ["sub"] = "7" }, "key-1", Key);
        using var foreign = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.Equal("key-1", Jwt.KidOf(token));
        Assert.Equal("7", Jwt.Text(Jwt.Verify(token, Key)!.Value, "sub"));
        Assert.Null(Jwt.Verify(token, foreign));
    }

    [Theory]
    [InlineData("""{"alg":"none"}""")]
    [InlineData("""{"alg":"NONE"}""")]
    [InlineData("""{"alg":"HS256"}""")]
    [InlineData("""{"alg":"ES384"}""")]
    [InlineData("""{"alg":"es256"}""")]
    [InlineData("""{"typ":"JWT"}""")]
    [InlineData("""{"alg":["ES256"]}""")]
    [InlineData("""{"alg":"none","alg":"ES256"}""")]
    [InlineData("""{"alg":"ES256","typ":"JOSE"}""")]
    [InlineData("""{"alg":"ES256","crit":["exp"],"exp":1}""")]
    [InlineData("""["ES256"]""")]
    [InlineData("\"ES256\"")]
    [InlineData("""{"alg":"\ud800"}""")]
    [InlineData("rubbish")]
    public void A_header_that_is_not_exactly_ours_is_refused_even_when_properly_signed(string header) => Assert.Null(Jwt.Verify(Signed(header, "{}"), Key));

    [Fact]
    public void A_token_made_with_our_public_key_as_a_secret_is_refused()
    {
        var signing = $"{Part("""{"alg":"HS256","typ":"JWT"}""")}.{Part("{}")}";
        var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(Key.ExportSubjectPublicKeyInfoPem()), Encoding.ASCII.GetBytes(signing));
        Assert.Null(Jwt.Verify($"{signing}.{Base64Url.EncodeToString(mac)}", Key));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a.b.c.d")]
    [InlineData("a.b")]
    public void What_is_no_token_is_refused_and_no_bug(string text)
    {
        Assert.Null(Jwt.Verify(text, Key));
        Assert.Null(Jwt.KidOf(text));
    }

    [Fact]
    public void A_token_has_one_spelling()
    {
        var token = Signed("""{"alg":"ES256"}""", "{}");
        Assert.NotNull(Jwt.Verify(token, Key));
        Assert.Null(Jwt.Verify(token + "=", Key));
        Assert.Null(Jwt.Verify(token + "==", Key));
        Assert.Null(Jwt.Verify(token + "\n", Key));
        Assert.Null(Jwt.Verify(" " + token, Key));
        Assert.Null(Jwt.Verify(token.Replace(".", " .", StringComparison.Ordinal), Key));

        // The signature's last letter carries four bits that nobody reads.
        const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        var last = Letters.IndexOf(token[^1], StringComparison.Ordinal);
        Assert.Null(Jwt.Verify(token[..^1] + Letters[last ^ 1], Key));
        Assert.Null(Jwt.Verify(Signed("""{"alg":"ES256"}""", new string(' ', 9000) + "{}"), Key));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("rubbish")]
    [InlineData("""{"sub":"1","sub":"2"}""")]
    public void Claims_that_are_no_plain_object_are_refused(string claims) => Assert.Null(Jwt.Verify(Signed("""{"alg":"ES256"}""", claims), Key));

    [Theory]
    [InlineData(0, true)]
    [InlineData(-1, false)] // before it holds
    [InlineData(1799, true)]
    [InlineData(1800, false)] // it holds until, and not at
    public void A_token_holds_for_its_time_only(int seconds, bool holds) =>
        Assert.Equal(holds, Jwt.Holds(Claims(), "https://portal", "portal", Then.AddSeconds(seconds)));

    [Fact]
    public void A_token_holds_for_its_issuer_and_audience_only()
    {
        Assert.False(Jwt.Holds(Claims(), "https://other", "portal", Then));
        Assert.False(Jwt.Holds(Claims(), "https://portal", "other", Then));
        foreach (var name in new[] { "iss", "aud", "exp", "nbf" })
        {
            Assert.False(Jwt.Holds(Claims(c => c.Remove(name)), "https://portal", "portal", Then));
            Assert.False(Jwt.Holds(Claims(c => c[name] = new JsonArray("portal")), "https://portal", "portal", Then));
        }

        Assert.False(Jwt.Holds(Claims(c => c["exp"] = 1e300), "https://portal", "portal", Then));
        Assert.False(Jwt.Holds(Claims(c => c["exp"] = "9999999999"), "https://portal", "portal", Then));
    }

    private static System.Text.Json.JsonElement Claims(Action<JsonObject>? change = null)
    {
        var from = new DateTimeOffset(Then).ToUnixTimeSeconds();
        var claims = new JsonObject { ["iss"] = "https://portal", ["aud"] = "portal", ["nbf"] = from, ["exp"] = from + 1800 };
        change?.Invoke(claims);
        return Jwt.Verify(Jwt.Sign(claims, "k", Key), Key)!.Value;
    }

    private static string Signed(string header, string claims)
    {
        var signing = $"{Part(header)}.{Part(claims)}";
        return $"{signing}.{Base64Url.EncodeToString(Key.SignData(Encoding.ASCII.GetBytes(signing), HashAlgorithmName.SHA256))}";
    }

    private static string Part(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
