using Microsoft.Extensions.Logging.Abstractions;

namespace Portal.Tests.Foundation;

/// <summary>Our connection and a real server on loopback.</summary>
public class SmtpTests
{
    [Fact]
    public async Task A_mail_is_taken_and_the_servers_word_is_its_receipt()
    {
        await using var server = new MailServer();
        await using var post = await PostAsync(server);
        var body = "Hello\n.\n..and more\n" + string.Join('\n', Enumerable.Range(0, 5_000).Select(i => $".{i} {new string('z', i % 200)}"));
        await post.WriteAsync("1", body: body);

        Assert.Equal(1, await post.SendAsync());

        var row = await post.RowAsync("1");
        Assert.Equal((DeliveryStatus.Sent, "250 2.0.0 taken as 4711", null), (row.Status, row.Receipt, row.Trouble));
        var taken = Assert.Single(server.Mails);
        Assert.Equal(("no-reply@portal.test", "someone@example.com"), (taken.From, taken.To));
        Assert.Equal(body.ReplaceLineEndings("\r\n"), taken.Read.Text.TrimEnd('\r', '\n'));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Over_TLS_it_logs_in_and_says_nothing_before(bool isImplicit)
    {
        await using var server = new MailServer { HasTls = !isImplicit, IsImplicitTls = isImplicit, Offers = ["AUTH LOGIN PLAIN"] };
        await using var post = await PostAsync(server, o => o with { IsImplicitTls = isImplicit, Authority = MailServer.Authority, User = "me", Password = "geheim ä" });
        await post.WriteAsync("1");

        Assert.Equal(1, await post.SendAsync());

        Assert.True(Assert.Single(server.Mails).IsEncrypted);
        Assert.Contains($"AUTH PLAIN {Convert.ToBase64String("\0me\0geheim ä"u8)}", server.Commands);
        if (!isImplicit)
            Assert.Equal(["EHLO portal.test", "STARTTLS", "EHLO portal.test"], server.Commands.Take(3));
    }

    [Fact]
    public async Task Where_there_is_only_LOGIN_it_logs_in_that_way()
    {
        await using var server = new MailServer { Offers = ["AUTH LOGIN"] };
        await using var post = await PostAsync(server, o => o with { User = "me", Password = "secret" });
        await post.WriteAsync("1");
        Assert.Equal(1, await post.SendAsync());
        Assert.Contains(Convert.ToBase64String("secret"u8), server.Commands);
    }

    [Fact]
    public async Task A_certificate_of_someone_unknown_is_not_trusted_and_no_mail_is_given_up_for_it()
    {
        await using var server = new MailServer { HasTls = true, Offers = ["AUTH PLAIN"] };
        await using var post = await PostAsync(server, o => o with { User = "me", Password = "secret" });
        await post.WriteAsync("1");

        await post.SendAsync();

        var row = await post.RowAsync("1");
        Assert.Equal(DeliveryStatus.Waiting, row.Status);
        Assert.Contains("certificate", row.Trouble, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Commands, c => c.StartsWith("AUTH", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_said_before_TLS_began_is_not_believed()
    {
        await using var server = new MailServer { HasTls = true, SaidTooEarly = "\r\n250 trust me" };
        await using var post = await PostAsync(server, o => o with { Authority = MailServer.Authority });
        await post.WriteAsync("1");
        await post.SendAsync();
        Assert.Equal(DeliveryStatus.Waiting, (await post.RowAsync("1")).Status);
        Assert.Empty(server.Mails);
    }

    [Theory]
    [InlineData("RCPT", "550 5.1.1 No such user", true)]
    [InlineData("RCPT", "550 no such user", true)]
    [InlineData("RCPT", "550 5.7.1 Relaying denied", false)]
    [InlineData(".", "554 5.7.1 Looks like spam", false)]
    [InlineData("RCPT", "550 Relay access denied", false)]
    [InlineData("RCPT", "550 not authenticated", false)]
    [InlineData("RCPT", "554 no", false)]
    [InlineData("RCPT", "501 what is that?", false)]
    [InlineData(".", "550 mailbox unavailable", false)] // it had taken the address
    [InlineData(".", "550 5.1.1 No such user", true)]
    [InlineData("DATA", "554 5.5.1 no", false)]
    public async Task What_the_server_refuses_for_good_is_dead_and_the_address_is_blamed_only_when_it_is_at_fault(string step, string answer, bool suppresses)
    {
        await using var server = new MailServer { Answers = said => said.Split(' ')[0] == step ? answer : null };
        await using var post = await PostAsync(server);
        await post.WriteAsync("1");

        await post.SendAsync();

        var row = await post.RowAsync("1");
        Assert.Equal((DeliveryStatus.Dead, 1, $"The mail server refused it: {answer}"), (row.Status, row.Tries, row.Trouble));
        await using var db = post.House.Open();
        Assert.Equal(suppresses ? 1 : 0, await db.MailSuppressions.CountAsync(s => s.Address == "someone@example.com", Ct));
    }

    [Theory]
    [InlineData("EHLO", "554 go away", "does not let us in")]
    [InlineData("AUTH", "535 5.7.8 wrong", "refuses our login")]
    [InlineData("MAIL", "553 5.7.1 not yours", "refuses our sender address")]
    [InlineData("greeting", "554 no service", "does not let us in")]
    [InlineData("RCPT someone@example.com", "530 5.7.0 log in first", "takes nothing from us")]
    [InlineData("DATA", "503 5.5.1 wrong order", "takes nothing from us")]
    public async Task What_is_our_own_trouble_is_said_so_and_tried_again(string step, string answer, string words)
    {
        await using var server = new MailServer { Answers = said => said == step ? answer : null, Offers = ["AUTH PLAIN"] };
        await using var post = await PostAsync(server, o => o with { User = "me", Password = "x" });
        await post.WriteAsync("1");
        await post.SendAsync();
        var row = await post.RowAsync("1");
        Assert.Equal((DeliveryStatus.Waiting, 0), (row.Status, row.Tries));
        Assert.Contains(words, row.Trouble, StringComparison.Ordinal);

        server.Answers = _ => null;
        post.House.Clock.Forward(TimeSpan.FromMinutes(1));
        Assert.Equal(1, await post.SendAsync());
    }

    [Theory]
    [InlineData("RCPT", "450 4.2.1 greylisted")]
    [InlineData("MAIL", "421 4.7.0 too many")]
    [InlineData(".", "451 4.3.0 later")]
    public async Task What_is_refused_for_now_is_tried_again_as_the_same_mail(string step, string answer)
    {
        await using var server = new MailServer { Answers = said => said.Split(' ')[0] == step ? answer : null };
        await using var post = await PostAsync(server);
        await post.WriteAsync("1");
        await post.SendAsync();
        Assert.Equal((DeliveryStatus.Waiting, $"The mail server asks to come back later: {answer}"), await post.RowAsync("1") is var row ? (row.Status, row.Trouble) : default);

        server.Answers = _ => null;
        post.House.Clock.Forward(TimeSpan.FromMinutes(1));
        Assert.Equal(1, await post.SendAsync());
        Assert.Single(server.Mails);
    }

    [Theory]
    [InlineData("greeting", false, 1)]
    [InlineData("RCPT someone@example.com", false, 1)]
    [InlineData("DATA", false, 1)]
    [InlineData("content", true, 1)] // all of it was on its way
    [InlineData(".", true, 2)]
    public async Task A_server_that_hangs_up_gets_the_same_mail_again_even_when_it_may_have_it(string at, bool mayHaveIt, int times)
    {
        await using var server = new MailServer { HangsUp = step => step == at };
        await using var post = await PostAsync(server);
        await post.WriteAsync("1", body: string.Join('\n', Enumerable.Repeat("words", 200)));
        await post.SendAsync();
        var row = await post.RowAsync("1");
        Assert.Equal(DeliveryStatus.Waiting, row.Status);
        Assert.Equal(mayHaveIt, row.Trouble!.Contains("not known", StringComparison.Ordinal));

        server.HangsUp = _ => false;
        post.House.Clock.Forward(TimeSpan.FromMinutes(1));
        Assert.Equal(1, await post.SendAsync());
        Assert.Equal(times, server.Mails.Count);
        Assert.Single(server.Mails.Select(m => m.Read["Message-ID"]).Distinct());
    }

    [Fact]
    public async Task A_server_that_hangs_for_one_mail_does_not_hold_up_the_others()
    {
        await using var server = new MailServer { Hangs = step => step == "RCPT stuck@example.com" };
        await using var post = await PostAsync(server, o => o with { Patience = TimeSpan.FromSeconds(3) });
        await post.WriteAsync("0", to: "stuck@example.com");
        for (var i = 1; i <= 40; i++)
            await post.WriteAsync($"{i}");

        Assert.Equal(40, await post.SendAsync());

        var stuck = await post.RowAsync("0");
        Assert.Equal((DeliveryStatus.Waiting, "The other side did not answer in time."), (stuck.Status, stuck.Trouble));
        Assert.Equal(40, server.Mails.Count);
    }

    [Fact]
    public async Task A_server_that_looks_at_a_mail_for_long_is_waited_for_and_one_that_never_answers_may_have_it()
    {
        await using var server = new MailServer { Answers = said => { if (said == ". slow@example.com") Thread.Sleep(1_500); return null; }, Hangs = step => step == ". stuck@example.com" };
        await using var post = await PostAsync(server, o => o with { Patience = TimeSpan.FromSeconds(2), LastPatience = TimeSpan.FromSeconds(6) });
        await post.WriteAsync("1", to: "slow@example.com");
        await post.WriteAsync("2", to: "stuck@example.com");

        Assert.Equal(1, await post.SendAsync());

        Assert.Equal(DeliveryStatus.Sent, (await post.RowAsync("1")).Status);
        var stuck = await post.RowAsync("2");
        Assert.Equal(DeliveryStatus.Waiting, stuck.Status);
        Assert.Contains("not known", stuck.Trouble, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Few_connections_carry_many_mails_and_a_refusal_breaks_none_of_them()
    {
        await using var server = new MailServer { Answers = said => said == "RCPT no@example.com" ? "550 5.1.1 no" : null };
        await using var post = await PostAsync(server, o => o with { Connections = 3 });
        for (var i = 0; i < 60; i++)
            await post.WriteAsync($"{i}", to: i % 10 == 5 ? "no@example.com" : $"to{i}@example.com");

        Assert.Equal(54, await post.SendAsync());

        Assert.InRange(server.Connections, 1, 3);
        Assert.InRange(server.MostAtOnce, 1, 3);
        Assert.Contains("RSET", server.Commands);
        Assert.Equal(54, server.Mails.Select(m => m.Read["Message-ID"]).Distinct().Count());
        Assert.InRange(post.Mail.Kept, 1, 3);
    }

    [Fact]
    public async Task A_connection_is_given_back_after_a_hundred_mails_and_after_a_while_in_silence()
    {
        await using var server = new MailServer();
        await using var post = await PostAsync(server, o => o with { Connections = 1, Idle = TimeSpan.FromMilliseconds(300) });
        for (var i = 0; i < 150; i++)
            await post.WriteAsync($"{i}");
        Assert.Equal(150, await post.SendAsync());
        Assert.Equal(2, server.Connections);
        for (var tries = 0; post.Mail.Kept > 0 && tries < 100; tries++)
        {
            post.House.Clock.Forward(TimeSpan.FromMilliseconds(50));
            await Task.Delay(50, Ct);
        }

        Assert.Equal(0, post.Mail.Kept);
        Assert.Equal(2, server.Commands.Count(c => c == "QUIT"));
    }

    [Fact]
    public async Task An_address_beyond_ASCII_needs_a_server_that_knows_such()
    {
        await using var modern = new MailServer();
        await using var post = await PostAsync(modern);
        await post.WriteAsync("1", to: "jörg@bücher.example");
        Assert.Equal(1, await post.SendAsync());
        Assert.Equal("jörg@xn--bcher-kva.example", Assert.Single(modern.Mails).To);
        Assert.Contains(modern.Commands, c => c.EndsWith("BODY=8BITMIME SMTPUTF8", StringComparison.Ordinal));

        await using var old = new MailServer { Offers = [] };
        await using var other = await PostAsync(old);
        await other.WriteAsync("1", to: "jörg@example.com");
        await other.WriteAsync("2");
        Assert.Equal(1, await other.SendAsync());
        Assert.Equal(DeliveryStatus.Dead, (await other.RowAsync("1")).Status);
    }

    [Fact]
    public async Task An_own_address_beyond_ASCII_needs_such_a_server_too_and_gives_no_mail_up()
    {
        await using var modern = new MailServer();
        await using var post = await PostAsync(modern, o => o with { From = "mail@portal.test" });
        await post.House.AddAsync(new Agency { SenderEmail = "grüße@example.com" });
        await post.WriteAsync("1");
        Assert.Equal(1, await post.SendAsync());
        Assert.Contains(modern.Commands, c => c.EndsWith("BODY=8BITMIME SMTPUTF8", StringComparison.Ordinal));

        await using var old = new MailServer { Offers = [] };
        await using var other = await PostAsync(old, o => o with { From = "grüße@portal.test" });
        await other.WriteAsync("1");
        await other.SendAsync();
        Assert.Equal(DeliveryStatus.Waiting, (await other.RowAsync("1")).Status);
    }

    [Theory]
    [InlineData("a@example.com>\r\nRCPT TO:<b@example.com")]
    [InlineData("")]
    public async Task An_address_that_is_none_reaches_no_server(string to)
    {
        await using var server = new MailServer();
        await using var post = await PostAsync(server);
        await post.WriteAsync("1", to: to);
        await post.SendAsync();
        Assert.Equal(DeliveryStatus.Dead, (await post.RowAsync("1")).Status);
        Assert.Empty(server.Commands);
    }

    [Fact]
    public async Task An_agency_address_that_is_none_gives_no_mail_up()
    {
        await using var server = new MailServer();
        await using var post = await PostAsync(server);
        await post.House.AddAsync(new Agency { SenderEmail = "us(at)agency" });
        await post.WriteAsync("1");
        await post.SendAsync();
        Assert.Equal((DeliveryStatus.Waiting, "The address that our mail comes from is not an e-mail address."), await post.RowAsync("1") is var row ? (row.Status, row.Trouble) : default);

        await using var named = await PostAsync(server, o => o with { From = "mail@portal.test" });
        await named.House.AddAsync(new Agency { SenderEmail = "us(at)agency" });
        await named.WriteAsync("1");
        Assert.Equal(1, await named.SendAsync());
        Assert.Empty(Assert.Single(server.Mails).Read["Reply-To"]);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_tried_again()
    {
        var server = new MailServer();
        await using var post = await PostAsync(server);
        await server.DisposeAsync();
        await post.WriteAsync("1");
        await post.SendAsync();
        Assert.Equal((DeliveryStatus.Waiting, "The mail server could not be reached: ConnectionRefused."), await post.RowAsync("1") is var row ? (row.Status, row.Trouble) : default);
    }

    [Fact]
    public async Task A_server_that_talks_nonsense_is_left()
    {
        await using var server = new MailServer { Answers = said => said == "greeting" ? "HTTP/1.1 400 Bad Request" : null };
        await using var post = await PostAsync(server);
        await post.WriteAsync("1");
        await post.SendAsync();
        Assert.Equal(DeliveryStatus.Waiting, (await post.RowAsync("1")).Status);
    }

    private static async Task<PostOffice> PostAsync(MailServer server, Func<SmtpOptions, SmtpOptions>? change = null)
    {
        var options = new SmtpOptions { Host = "localhost", Port = server.Port, OwnName = "portal.test", Patience = TimeSpan.FromSeconds(20) };
        return new(await TestDatabase.NewAsync(), change?.Invoke(options) ?? options);
    }

    private sealed class PostOffice(TestDatabase house, SmtpOptions options) : IAsyncDisposable
    {
        public TestDatabase House => house;

        public SmtpMail Mail { get; } = new(options, new(house.Database, options, house.Clock), house.Clock);

        public Task<int> SendAsync() => new DeliverySender(house.Database, house.Lane, [Mail], house.Clock, NullLogger<DeliverySender>.Instance).RunAsync(Ct);

        public Task WriteAsync(string key, string to = "someone@example.com", string body = "Hello\n") => house.AddAsync(
            new Delivery { Key = key, Channel = "email", Recipient = to, Title = "Hello", Body = body, CreatedAt = house.Clock.Now() }.From(house.Clock.Now()));

        public async Task<Delivery> RowAsync(string key)
        {
            await using var db = house.Open();
            return await db.Deliveries.AsNoTracking().SingleAsync(d => d.Key == key, Ct);
        }

        public async ValueTask DisposeAsync()
        {
            await Mail.DisposeAsync();
            await house.DisposeAsync();
        }
    }
}
