using System.Text.RegularExpressions;
using Portal.Core.Domains.People;

namespace Portal.Tests.Domains.People;

public sealed partial class OwnNumbersTests : IAsyncLifetime
{
    private const string Number = "+263771234567";
    private TestDatabase ground = null!;
    private Actor me = Actor.Nobody;

    public async ValueTask InitializeAsync()
    {
        ground = await TestDatabase.NewAsync();
        me = await ground.PersonAsync(Role.Agent);
    }

    public ValueTask DisposeAsync() => ground.DisposeAsync();

    [Fact]
    public async Task A_number_counts_once_its_code_has_come_back()
    {
        var numbers = Numbers("sms", "whatsapp");
        await numbers.StartAsync(me, new() { Channel = PhoneChannel.Whatsapp, Number = "+263 (77) 123-4567" }, Ct);
        Assert.Equal([(PhoneChannel.Sms, null, null), (PhoneChannel.Whatsapp, null, Number)], (await numbers.ListAsync(me, Ct)).Select(n => (n.Channel, n.Number, n.Pending)));

        await Assert.ThrowsAsync<Invalid>(() => numbers.ConfirmAsync(me, new() { Channel = PhoneChannel.Sms, Code = "000000" }, Ct));
        var text = await TextAsync();
        Assert.Equal((Number, "whatsapp", true), (text.Recipient, text.Channel, text.IsSecret));
        await numbers.ConfirmAsync(me, new() { Channel = PhoneChannel.Whatsapp, Code = Code(text) }, Ct);
        Assert.Equal([null, Number], (await numbers.ListAsync(me, Ct)).Select(n => n.Number));
        await using var db = ground.Open();
        Assert.True((await db.Users.SingleAsync(u => u.Id == me.UserId, Ct)).WhatsAppNotifications);
        Assert.DoesNotContain("77123", (await db.Events.SingleAsync(e => e.Type == "number_confirmed", Ct)).Data, StringComparison.Ordinal);
        Assert.DoesNotContain(Code(text), string.Concat(await db.OneTimeCodes.Select(c => c.SealedCode).ToListAsync(Ct)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_is_good_for_five_tries_and_ten_minutes()
    {
        var numbers = Numbers("sms");
        await numbers.StartAsync(me, new() { Number = Number }, Ct);
        var code = Code(await TextAsync());
        var wrong = code == "000000" ? "111111" : "000000";
        for (var i = 0; i < 5; i++)
            await Assert.ThrowsAsync<Invalid>(() => numbers.ConfirmAsync(me, new() { Code = wrong }, Ct));
        await Assert.ThrowsAsync<Invalid>(() => numbers.ConfirmAsync(me, new() { Code = code }, Ct));

        await numbers.StartAsync(me, new() { Number = Number }, Ct);
        var late = Code(await TextAsync());
        ground.Clock.Forward(TimeSpan.FromMinutes(10));
        await Assert.ThrowsAsync<Invalid>(() => numbers.ConfirmAsync(me, new() { Code = late }, Ct));
        Assert.Null(Assert.Single(await numbers.ListAsync(me, Ct)).Number);
    }

    [Fact]
    public async Task It_is_offered_only_where_somebody_sends()
    {
        Assert.Empty(await Numbers("email").ListAsync(me, Ct));
        var refused = await Assert.ThrowsAsync<RuleBroken>(() => Numbers("email", "whatsapp").StartAsync(me, new() { Channel = PhoneChannel.Sms, Number = Number }, Ct));
        Assert.Equal("channel_not_set_up", refused.Code);
        await using var db = ground.Open();
        Assert.Equal(0, await db.Deliveries.CountAsync(Ct));
    }

    [Theory]
    [InlineData("0771234567")]
    [InlineData("+0771234567")]
    [InlineData("+26377123456789012")]
    [InlineData("")]
    public async Task A_number_has_its_country_code(string number)
    {
        var refused = await Assert.ThrowsAsync<Invalid>(() => Numbers("sms").StartAsync(me, new() { Number = number }, Ct));
        Assert.Equal(["number"], refused.Errors.Keys);
    }

    [Fact]
    public async Task Codes_are_not_sent_without_end()
    {
        var numbers = Numbers("sms");
        for (var i = 0; i < OwnNumbers.Asked.Times; i++)
            await numbers.StartAsync(me, new() { Number = $"+26377123456{i}" }, Ct);
        await Assert.ThrowsAsync<TooOften>(() => numbers.StartAsync(me, new() { Number = Number }, Ct));
    }

    [Fact]
    public async Task Taken_back_nothing_goes_there_any_more()
    {
        var numbers = Numbers("sms");
        await ground.AddAsync(new VerifiedNumber { UserId = me.UserId, Channel = PhoneChannel.Sms, Number = Number, VerifiedAt = ground.Clock.Now() });
        await ground.AddAsync(new Delivery { Key = "k", Channel = "sms", Recipient = Number, Title = "t", Body = "b", UserId = me.UserId, CreatedAt = ground.Clock.Now() }.From(ground.Clock.Now()));
        await numbers.WithdrawAsync(me, PhoneChannel.Sms, Ct);
        await numbers.WithdrawAsync(me, PhoneChannel.Sms, Ct);

        await using var db = ground.Open();
        Assert.Equal((0, 1), (await db.VerifiedNumbers.CountAsync(Ct), await db.Events.CountAsync(e => e.Type == "number_withdrawn", Ct)));
        Assert.Equal((DeliveryStatus.NotNeeded, null), await db.Deliveries.SingleAsync(Ct) is var row ? (row.Status, row.NextTryAt) : default);
    }

    private OwnNumbers Numbers(params string[] channels)
    {
        var limits = new RateLimits(ground.Database, ground.Lane, ground.Clock);
        return new(ground.Database, ground.Lane, new(ground.Lane, ground.Box, limits, ground.Mails, ground.Clock), limits, [.. channels.Select(c => new Reactions.SentBox(c))], ground.Clock);
    }

    private async Task<Delivery> TextAsync()
    {
        await using var db = ground.Open();
        return await db.Deliveries.AsNoTracking().OrderByDescending(d => d.Id).FirstAsync(Ct);
    }

    private static string Code(Delivery text) => Figures().Match(text.Body).Value;

    [GeneratedRegex("[0-9]{6}")]
    private static partial Regex Figures();
}
