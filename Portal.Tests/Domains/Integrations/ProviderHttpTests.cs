using System.Diagnostics.Metrics;
using System.Net;
using Portal.Core.Domains.Integrations;

namespace Portal.Tests.Domains.Integrations;

public class ProviderHttpTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_question_is_asked_again_after_trouble_and_waits_longer_each_time()
    {
        using var provider = new ScriptedProvider().Says(HttpStatusCode.InternalServerError).Fails(HttpRequestError.ResponseEnded).Says(HttpStatusCode.OK);
        var (reply, _, took) = await provider.AskAsync(ScriptedProvider.Read());
        Assert.Equal((200, 3), (reply!.Status, provider.Attempts.Count));
        Assert.InRange(took, TimeSpan.FromMilliseconds(50), 10 * Second);
    }

    [Fact]
    public async Task What_may_have_been_done_is_not_said_again()
    {
        foreach (var provider in new[] { new ScriptedProvider().Says(HttpStatusCode.InternalServerError), new ScriptedProvider().Fails(HttpRequestError.ResponseEnded), new ScriptedProvider().Hangs() })
        {
            using (provider)
            {
                var (_, error, _) = await provider.AskAsync(ScriptedProvider.Write());
                Assert.True(Assert.IsType<ProviderUnavailable>(error).MayHaveArrived);
                Assert.Single(provider.Attempts);
            }
        }
    }

    [Fact]
    public async Task What_cannot_have_been_done_is_said_again()
    {
        using var provider = new ScriptedProvider().Fails(HttpRequestError.ConnectionError).Fails(HttpRequestError.NameResolutionError).Fails(HttpRequestError.SecureConnectionError);
        var (_, error, _) = await provider.AskAsync(ScriptedProvider.Write());
        Assert.False(Assert.IsType<ProviderUnavailable>(error).MayHaveArrived);
        Assert.Equal(3, provider.Attempts.Count);
    }

    [Fact]
    public async Task What_carries_a_key_of_its_own_is_said_again()
    {
        using var provider = new ScriptedProvider().Says(HttpStatusCode.BadGateway).Says(HttpStatusCode.OK);
        var (reply, _, _) = await provider.AskAsync(new(HttpMethod.Post, "v1/things", "do things") { IsRepeatable = true });
        Assert.True(reply!.IsGood);
    }

    [Fact]
    public async Task A_no_is_not_asked_again()
    {
        using var provider = new ScriptedProvider().Says(HttpStatusCode.NotFound);
        var (_, error, _) = await provider.AskAsync(ScriptedProvider.Read());
        Assert.Equal((RefusalOf.Request, true, "provider_refused"), Assert.IsType<ProviderRefused>(error) is var no ? (no.Of, no.IsForGood, no.Code) : default);
        Assert.Single(provider.Attempts);
    }

    [Theory]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    public async Task Who_is_asked_to_come_back_shortly_does_so(HttpStatusCode status)
    {
        using var provider = new ScriptedProvider().Says(status, retryAfter: 3 * Second).Says(HttpStatusCode.OK);
        var (reply, _, took) = await provider.AskAsync(ScriptedProvider.Write());
        Assert.True(reply!.IsGood);
        Assert.InRange(took, 3 * Second, 4 * Second);
    }

    [Fact]
    public async Task Who_is_asked_to_come_back_much_later_hears_when_and_nobody_else_goes_before()
    {
        using var provider = new ScriptedProvider().Says(HttpStatusCode.TooManyRequests, retryAfter: 50 * Second);
        var (_, error, took) = await provider.AskAsync(ScriptedProvider.Read());
        Assert.Equal((50 * Second, false), Assert.IsType<ProviderUnavailable>(error) is var later ? (later.RetryAfter, later.MayHaveArrived) : default);
        Assert.Equal(TimeSpan.Zero, took);

        Assert.IsType<ProviderUnavailable>((await provider.AskAsync(ScriptedProvider.Read())).Error);
        Assert.Single(provider.Attempts);
        provider.Clock.Forward(45 * Second);
        Assert.Null((await provider.AskAsync(ScriptedProvider.Read())).Error);
        Assert.InRange(provider.Attempts[1] - provider.Attempts[0], 49.9 * Second, 51 * Second);
    }

    [Fact]
    public async Task Who_is_down_is_left_alone_for_a_while_and_then_tried_again()
    {
        using var provider = new ScriptedProvider();
        for (var i = 0; i < 8; i++)
            provider.Says(HttpStatusCode.InternalServerError);
        for (var i = 0; i < 8; i++)
            Assert.IsType<ProviderUnavailable>((await provider.AskAsync(ScriptedProvider.Write())).Error);

        var (_, error, _) = await provider.AskAsync(ScriptedProvider.Write());
        Assert.Equal((8, false), (provider.Attempts.Count, Assert.IsType<ProviderUnavailable>(error).MayHaveArrived));
        Assert.True((await provider.AskAsync(ScriptedProvider.Write(), ScriptedProvider.Account("another"))).Reply!.IsGood); // only this account
        provider.Clock.Forward(ProviderLine.Break + Second);
        Assert.True((await provider.AskAsync(ScriptedProvider.Write())).Reply!.IsGood);
    }

    [Fact]
    public async Task Who_says_nothing_is_given_up_in_time()
    {
        using var provider = new ScriptedProvider().Hangs();
        var (_, error, took) = await provider.AskAsync(ScriptedProvider.Write());
        Assert.True(Assert.IsType<ProviderUnavailable>(error).MayHaveArrived);
        Assert.Equal(20 * Second, took);
    }

    [Fact]
    public async Task Whoever_asked_may_stop_it()
    {
        using var provider = new ScriptedProvider().Hangs();
        using var stop = new CancellationTokenSource();
        var asked = provider.Http.SendAsync(ScriptedProvider.Account(), ScriptedProvider.Read(), stop.Token);
        while (provider.Attempts.Count == 0)
            await Task.Delay(5, Ct);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
    }

    [Fact]
    public async Task No_account_is_asked_more_often_than_it_allows()
    {
        using var provider = new ScriptedProvider();
        var account = ScriptedProvider.Account(settings: [("requests_per_second", "8")]);
        await provider.Clock.RunAsync(() => Task.WhenAll(Enumerable.Range(0, 40).Select(_ => provider.Http.SendAsync(account, ScriptedProvider.Read(), Ct))));

        var times = provider.Attempts.Order().ToList();
        Assert.Equal(40, times.Count);
        Assert.All(times, begin => Assert.InRange(times.Count(t => t >= begin && t < begin + Second), 1, 8 + 2)); // two may come at once after a pause
        Assert.InRange(times[^1] - times[0], 4.5 * Second, 5.2 * Second);
    }

    [Fact]
    public async Task Who_would_wait_longer_than_patience_lasts_is_told_at_once()
    {
        using var provider = new ScriptedProvider();
        var account = ScriptedProvider.Account(settings: [("requests_per_second", "0.1")]);
        await provider.AskAsync(ScriptedProvider.Read(), account);
        await provider.AskAsync(ScriptedProvider.Read(), account);
        await provider.AskAsync(ScriptedProvider.Read(), account);
        await provider.Clock.RunAsync(async () =>
        {
            var three = Enumerable.Range(0, 3).Select(_ => provider.Http.SendAsync(account, ScriptedProvider.Read(), Ct)).ToList();
            await Assert.ThrowsAsync<ProviderUnavailable>(() => Task.WhenAll(three));
        });
        Assert.InRange(provider.Attempts.Count, 4, 5);
    }

    [Fact]
    public async Task More_than_is_read_is_not_read()
    {
        using var provider = new ScriptedProvider().Says(HttpStatusCode.OK, new string('x', 2 * 1024 * 1024));
        var (_, error, _) = await provider.AskAsync(ScriptedProvider.Write());
        Assert.True(Assert.IsType<ProviderUnavailable>(error).MayHaveArrived);
    }

    [Theory]
    [InlineData("http://api.stripe.com")]
    [InlineData("ftp://localhost")]
    public async Task A_key_does_not_travel_in_the_clear(string url)
    {
        using var provider = new ScriptedProvider();
        var (_, error, _) = await provider.AskAsync(ScriptedProvider.Read(), ScriptedProvider.Account() with { BaseUrl = new(url) });
        Assert.Equal("provider_not_https", Assert.IsType<RuleBroken>(error).Code);
        Assert.Empty(provider.Attempts);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var other = await DescribedServer.StartAsync("sendgrid");
        await using var server = await DescribedServer.StartAsync("sendgrid");
        server.Answers = _ => new(307) { Headers = [("Location", new Uri(other.Url, "/v3/mail/send").AbsoluteUri)] };
        await Assert.ThrowsAsync<ProviderUnavailable>(() => new SendgridClient(server.Http).SendAsync(server.Account(Provider.Sendgrid), new("a@b.example", "c@d.example", "s", "t"), Ct));
        Assert.Empty(other.Requests);
    }

    [Fact]
    public async Task An_account_that_is_refused_is_reported_and_the_person_is_told_whom_to_ask()
    {
        using var provider = new ScriptedProvider().Says(HttpStatusCode.Unauthorized);
        var (_, error, _) = await provider.AskAsync(ScriptedProvider.Write());
        Assert.Equal(("provider_account", RefusalOf.Account), Assert.IsType<ProviderRefused>(error) is var no ? (no.Code, no.Of) : default);
        Assert.Contains("An admin has to look", error!.Message, StringComparison.Ordinal);
        Assert.Single(provider.Broken);
    }

    [Fact]
    public async Task What_may_not_be_read_and_what_somebody_tries_is_not_reported()
    {
        using var provider = new ScriptedProvider().Says(HttpStatusCode.Unauthorized).Says(HttpStatusCode.Forbidden);
        Assert.IsType<ProviderRefused>((await provider.AskAsync(ScriptedProvider.Read())).Error);
        Assert.IsType<ProviderRefused>((await provider.AskAsync(ScriptedProvider.Write(), ScriptedProvider.Account() with { IsOnTrial = true })).Error);
        Assert.Empty(provider.Broken);
    }

    [Fact]
    public async Task A_no_is_told_as_it_is_even_if_it_cannot_be_written_down()
    {
        using var provider = new ScriptedProvider { Reporting = Task.FromException(new InvalidOperationException("The store is away.")) }.Says(HttpStatusCode.Unauthorized);
        Assert.Equal(RefusalOf.Account, Assert.IsType<ProviderRefused>((await provider.AskAsync(ScriptedProvider.Write())).Error).Of);
        Assert.Contains(provider.Log.Lines, l => l.Contains("could not be written down", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData(HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.Conflict)]
    [InlineData(null)]
    public async Task What_one_attempt_may_have_done_no_later_one_takes_back(HttpStatusCode? then)
    {
        using var provider = new ScriptedProvider().Hangs();
        for (var i = 0; i < 2; i++)
            _ = then is { } status ? provider.Says(status) : provider.Fails(HttpRequestError.ConnectionError);
        var (_, error, _) = await provider.AskAsync(ScriptedProvider.Keyed());
        Assert.True(Assert.IsType<ProviderUnavailable>(error).MayHaveArrived);
        Assert.InRange(provider.Attempts.Count, 2, 3);
    }

    [Fact]
    public async Task Nothing_that_was_refused_each_time_has_arrived_and_a_no_to_what_was_asked_stays_one()
    {
        using var provider = new ScriptedProvider();
        for (var i = 0; i < 3; i++)
            provider.Says(HttpStatusCode.TooManyRequests);
        Assert.False(Assert.IsType<ProviderUnavailable>((await provider.AskAsync(ScriptedProvider.Keyed())).Error).MayHaveArrived);

        provider.Hangs().Says(HttpStatusCode.PaymentRequired);
        Assert.Equal(RefusalOf.Request, Assert.IsType<ProviderRefused>((await provider.AskAsync(ScriptedProvider.Keyed())).Error).Of);
    }

    [Fact]
    public async Task Who_is_stopped_before_anything_was_sent_hears_that_nothing_was()
    {
        using var provider = new ScriptedProvider();
        var account = ScriptedProvider.Account(settings: [("requests_per_second", "0.1")]);
        for (var i = 0; i < 3; i++)
            await provider.Http.SendAsync(account, ScriptedProvider.Write(), Ct);
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        var error = await Assert.ThrowsAsync<ProviderUnavailable>(() => provider.Http.SendAsync(account, ScriptedProvider.Write(), stop.Token));
        Assert.Equal((false, 3), (error.MayHaveArrived, provider.Attempts.Count));
    }

    [Fact]
    public void Another_service_account_is_another_account_and_another_pace_is_not()
    {
        var account = ScriptedProvider.Account(settings: [("service_account", "one")]);
        Assert.NotEqual(ProviderHttp.NameOf(account), ProviderHttp.NameOf(ScriptedProvider.Account(settings: [("service_account", "other")])));
        Assert.Equal(ProviderHttp.NameOf(account), ProviderHttp.NameOf(ScriptedProvider.Account(settings: [("service_account", "one"), ("requests_per_second", "3")])));
    }

    [Fact]
    public async Task Another_pace_holds_at_once()
    {
        using var provider = new ScriptedProvider();
        for (var i = 0; i < 3; i++)
            await provider.AskAsync(ScriptedProvider.Read(), ScriptedProvider.Account(settings: [("requests_per_second", "0.01")]));
        Assert.Equal(TimeSpan.Zero, (await provider.AskAsync(ScriptedProvider.Read(), ScriptedProvider.Account(settings: [("requests_per_second", "100")]))).Took);
    }

    [Fact]
    public void What_a_providers_trouble_means_for_a_delivery()
    {
        Assert.IsType<OurTrouble>(ProviderTroubles.ForChannel(new ProviderRefused(Provider.Twilio, RefusalOf.Account, "no")));
        Assert.True(Assert.IsType<RefusedForGood>(ProviderTroubles.ForChannel(new ProviderRefused(Provider.Twilio, RefusalOf.Recipient, "no"))).IsOfAddress);
        Assert.False(Assert.IsType<RefusedForGood>(ProviderTroubles.ForChannel(new ProviderRefused(Provider.Twilio, RefusalOf.Request, "no"))).IsOfAddress);
        Assert.IsType<RefusedForNow>(ProviderTroubles.ForChannel(new ProviderRefused(Provider.Twilio, RefusalOf.Request, "no") { IsForGood = false }));
        Assert.IsType<RefusedForNow>(ProviderTroubles.ForChannel(new ProviderUnavailable(Provider.Twilio, "no") { MayHaveArrived = true }));
        Assert.IsType<OurTrouble>(ProviderTroubles.ForChannel(new ProviderUnavailable(Provider.Twilio, "no"))); // costs no try, so a day of it loses nothing
        Assert.IsType<OurTrouble>(ProviderTroubles.ForChannel(new RuleBroken("provider_not_configured", "no")));
        Assert.Null(ProviderTroubles.ForChannel(new InvalidOperationException()));
    }

    [Fact]
    public async Task Each_call_is_counted_by_provider_and_outcome()
    {
        var heard = new System.Collections.Concurrent.ConcurrentBag<string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Name == "portal.provider.call.duration")
                l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((_, _, tags, _) => heard.Add(string.Join(' ', tags.ToArray().Select(t => t.Value))));
        listener.Start();
        using var provider = new ScriptedProvider().Says(HttpStatusCode.OK).Says(HttpStatusCode.NotFound).Hangs();
        for (var i = 0; i < 3; i++)
            await provider.AskAsync(ScriptedProvider.Write(), ScriptedProvider.Account() with { Provider = Provider.Tiktok });
        Assert.Equal("tiktok good, tiktok refused, tiktok unavailable", string.Join(", ", heard.Where(h => h.StartsWith("tiktok", StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal)));
    }
}
