using System.Buffers;
using System.Text;

namespace Portal.Tests.Foundation;

public class MailMessageTests
{
    private static readonly MailSender Sender = new("Zoë & \"Co\"", "mail@portal.test", "answers@agency.test");

    [Fact]
    public void A_mail_is_the_same_each_time_it_is_written_and_says_which_it_is()
    {
        var (first, again, other) = (Write(Mail("key")), Write(Mail("key")), Write(Mail("other")));
        Assert.Equal(first, again);
        Assert.NotEqual(MailReader.Read(first)["Message-ID"], MailReader.Read(other)["Message-ID"]);
        Assert.Matches("^<[0-9a-f]{32}@portal.test>$", MailReader.Read(first)["Message-ID"]);
        Assert.DoesNotContain("key", first, StringComparison.Ordinal);
        Assert.Equal("Sat, 21 Nov 2026 10:00:00 +0000", MailReader.Read(first)["Date"]);
        Assert.Equal("auto-generated", MailReader.Read(first)["Auto-Submitted"]);
        Assert.Equal("<answers@agency.test>", MailReader.Read(first)["Reply-To"]);
    }

    [Fact]
    public void Text_and_picture_stand_side_by_side_and_come_back_as_they_were()
    {
        var body = "Grüße — 東京 🎉\n.\n..two\n = equals \nFrom here on\ttab \n" + new string('x', 5_000) + "\n";
        var html = "<p>Grüße =3D <a href=\"https://portal.test/?a=1&b=2\">hier</a></p>";
        var read = MailReader.Read(Write(Mail("1", body: body, html: html, unsubscribe: "https://portal.test/u?t=1 2")));
        Assert.Equal(body.ReplaceLineEndings("\r\n"), read.Text);
        Assert.Equal(html, read.Html!.TrimEnd());
        Assert.StartsWith("multipart/alternative", read["Content-Type"], StringComparison.Ordinal);
        Assert.Equal("<https://portal.test/u?t=1%202>", read["List-Unsubscribe"]);
        Assert.Equal("List-Unsubscribe=One-Click", read["List-Unsubscribe-Post"]);
    }

    [Fact]
    public void What_no_unsubscribing_is_meant_for_has_none() => Assert.Empty(MailReader.Read(Write(Mail("1")))["List-Unsubscribe"]);

    [Theory]
    [InlineData("Plain")]
    [InlineData("Grüße aus Übersee, mit sehr vielen Wörtern und noch mehr Umlauten: äöü ÄÖÜ ß, bis die Zeile längst voll ist")]
    [InlineData("🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉")]
    [InlineData("=?utf-8?B?bm90IG91cnM=?=")]
    public void A_subject_comes_back_as_it_was(string subject) => Assert.Equal(subject, MailReader.Read(Write(Mail("1", title: subject)))["Subject"]);

    [Theory]
    [InlineData("Hello\r\nBcc: everyone@example.com")]
    [InlineData("Hello\nBcc: everyone@example.com")]
    [InlineData("Hello\rBcc: everyone@example.com")]
    [InlineData("Hello\u2028Bcc: everyone@example.com\0")]
    public void Nobody_adds_a_header_by_what_they_are_called(string text)
    {
        var written = Write(Mail("1", title: text, unsubscribe: "https://portal.test/\r\nBcc: x@y.z"), new(text, "mail@portal.test", null));
        var head = written[..written.IndexOf("\r\n\r\n", StringComparison.Ordinal)];
        Assert.DoesNotContain(head.Split('\n'), line => line.StartsWith("Bcc", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("\r", head.Replace("\r\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("\n", head.Replace("\r\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_line_is_short_and_plain()
    {
        var long5000 = string.Join('\n', Enumerable.Range(0, 5_000).Select(i => $"Line {i} of many; ünïcödé every now and then {new string('y', i % 300)}"));
        var written = Encoding.ASCII.GetBytes(Write(Mail("1", body: long5000, html: $"<p>{long5000}</p>", title: new string('ä', 300))));
        foreach (var line in Encoding.ASCII.GetString(written).Split("\r\n"))
            Assert.True(line.Length <= 78, line);
        Assert.Equal(long5000.ReplaceLineEndings("\r\n"), MailReader.Read(Write(Mail("1", body: long5000))).Text.TrimEnd());
    }

    [Fact]
    public void A_dot_at_the_beginning_of_a_line_ends_nothing()
    {
        Assert.Equal("..\r\n...a\r\nb.\r\n.\r\n", Stuffed(".\r\n..a\r\nb."u8));
        Assert.Equal("a\r\n.\r\n", Stuffed("a\r\n"u8));
    }

    [Theory]
    [InlineData("a@b.c", "a@b.c", false)]
    [InlineData(" a+b@Bücher.example ", "a+b@xn--bcher-kva.example", false)]
    [InlineData("jörg@example.com", "jörg@example.com", true)]
    public void An_address_is_written_as_servers_know_it(string typed, string written, bool needsUtf8)
    {
        var address = MailRecipient.Parse(typed);
        Assert.Equal((written, needsUtf8), (address.ToString(), address.NeedsUtf8));
    }

    [Theory]
    [InlineData("office@portal.test", null, false)]
    [InlineData("büro@portal.test", null, true)]
    [InlineData("office@portal.test", "jörg@portal.test", true)]
    [InlineData("office@portal.test", "a@bücher.example", false)]
    public void A_server_must_know_every_address_that_stands_in_a_mail(string from, string? replyTo, bool needsUtf8) =>
        Assert.Equal(needsUtf8, Mailing.Of(Mail("1"), new("Office", from, replyTo), "portal.test").NeedsUtf8);

    [Theory]
    [InlineData("")]
    [InlineData("nobody")]
    [InlineData("@example.com")]
    [InlineData("a@")]
    [InlineData("a b@example.com")]
    [InlineData("a@example.com>\r\nRCPT TO:<b@example.com")]
    [InlineData("a>@example.com")]
    [InlineData("a@exa mple.com")]
    [InlineData("\"a@b\"@example.com")]
    [InlineData("a,b@example.com")]
    public void What_is_no_address_is_refused_for_good(string typed) => Assert.False(Assert.Throws<RefusedForGood>(() => MailRecipient.Parse(typed)).IsOfAddress);

    [Theory]
    [InlineData("a,b@example.com", false)]
    [InlineData("us(at)agency@example.com", false)]
    [InlineData(" a@example.com", false)]
    [InlineData("a@exa_mple.com", false)]
    [InlineData("o'neill+news@bücher.example", true)]
    public void What_may_be_typed_is_what_can_be_mailed(string typed, bool isGood) => Assert.Equal(isGood, new Core.Domains.People.MailAddressAttribute().IsValid(typed));

    private static string Write(Delivery delivery, MailSender? sender = null) => Encoding.UTF8.GetString(MailMessage.Write(delivery, sender ?? Sender, "portal.test").WrittenSpan);

    private static string Stuffed(ReadOnlySpan<byte> message)
    {
        var written = new ArrayBufferWriter<byte>(message.Length);
        written.Write(message);
        return Encoding.ASCII.GetString(Mailing.Stuffed(written).Span);
    }

    private static Delivery Mail(string key, string title = "t", string body = "b", string? html = null, string? unsubscribe = null) => new()
    {
        Key = key,
        Channel = "email",
        Recipient = "a@b.c",
        Title = title,
        Body = body,
        Html = html,
        UnsubscribeUrl = unsubscribe,
        CreatedAt = new(2026, 11, 21, 10, 0, 0, DateTimeKind.Utc),
    };
}
