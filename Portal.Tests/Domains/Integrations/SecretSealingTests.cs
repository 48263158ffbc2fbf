using Portal.Core.Domains.Integrations;

namespace Portal.Tests.Domains.Integrations;

public sealed class SecretSealingTests : IAsyncLifetime
{
    private IntegrationsHouse house = null!;

    public async ValueTask InitializeAsync() => house = await IntegrationsHouse.NewAsync();

    public ValueTask DisposeAsync() => house.DisposeAsync();

    [Fact]
    public async Task A_new_key_seals_everything_anew_and_what_is_shown_stays_the_same()
    {
        var made = await house.AddAsync();
        var before = await house.Sealing.SeeAsync(house.Admin, Ct);
        Assert.Equal((1, 1, 1), (before.Sealed, before.Total, before.Generation));
        var sealedBefore = await SealedAsync();

        var after = await house.Sealing.RenewAsync(house.Admin, Ct);
        Assert.Equal((1, 1, 2), (after.Sealed, after.Total, after.Generation));
        Assert.DoesNotContain(await SealedAsync(), sealedBefore.Contains);
        house.Ground.Clock.Forward(TimeSpan.FromMinutes(1));
        Assert.Equal("sk_live_0123456789", (await house.FindAsync())!.Key);
        Assert.Equal(made.ApiKey, (await house.Queries.GetAsync(house.Admin, made.Id, Ct)).ApiKey);
        Assert.Equal(made.Version, (await house.Queries.GetAsync(house.Admin, made.Id, Ct)).Version);
        await using var db = house.Ground.Open();
        Assert.Equal(house.Admin.UserId, (await db.Events.SingleAsync(e => e.Type == "encryption_key_renewed", Ct)).ActorId);
    }

    [Fact]
    public async Task Who_is_interrupted_leaves_the_rest_to_the_next_and_two_at_once_lose_nothing()
    {
        await ManyAsync(130);
        var after = await house.Sealing.RenewAsync(house.Admin, Ct);
        Assert.Equal((50, 130), (after.Sealed, after.Total)); // as much as a person waits for
        Assert.True(await house.Sealing.HasWorkAsync(Ct));

        // Another host does not know of the new key yet: it looks, and does not seal anything back.
        await using var beside = house.Ground.Beside();
        _ = beside.Keys.Newest(SecretKey.Box);
        var other = new SecretSealing(beside.Database, beside.Box, beside.Keys, new(beside.Database, beside.Lane, beside.Clock));
        await Task.WhenAll(house.Sealing.RunAsync(Ct), other.RunAsync(Ct));
        while (await other.HasWorkAsync(Ct))
            await other.RunAsync(Ct);
        Assert.True((await house.Sealing.SeeAsync(house.Admin, Ct)).IsDone);
        Assert.False(await house.Sealing.HasWorkAsync(Ct));
        Assert.Equal(0, await house.Sealing.RunAsync(Ct));
        house.Ground.Clock.Forward(TimeSpan.FromMinutes(1));
        Assert.Equal("value 7", (await house.FindAsync())!.Settings["token_7"]);
    }

    [Fact]
    public async Task One_that_does_not_open_is_told_of_and_holds_up_no_other()
    {
        await ManyAsync(60);
        await using (var db = house.Ground.Open())
        {
            (await db.ApiSecrets.OrderBy(s => s.Id).FirstAsync(Ct)).Sealed = "v1.1.AAAA";
            await db.SaveChangesAsync(Ct);
        }

        await house.Sealing.RenewAsync(house.Admin, Ct);
        var trouble = await Assert.ThrowsAsync<InvalidOperationException>(() => house.Sealing.RunAsync(Ct));
        Assert.StartsWith("1 secrets do not open", trouble.Message, StringComparison.Ordinal);
        var seen = await house.Sealing.SeeAsync(house.Admin, Ct);
        Assert.Equal((59, 60), (seen.Sealed, seen.Total));
    }

    [Fact]
    public async Task The_key_is_renewed_a_few_times_an_hour_at_most()
    {
        for (var i = 0; i < 5; i++)
            await house.Sealing.RenewAsync(house.Admin, Ct);
        await Assert.ThrowsAsync<TooOften>(() => house.Sealing.RenewAsync(house.Admin, Ct));
        Assert.Equal(6, (await house.Sealing.SeeAsync(house.Admin, Ct)).Generation);
    }

    private async Task ManyAsync(int count)
    {
        var input = IntegrationsHouse.Stripe();
        input.ConfigData = new(Enumerable.Range(1, count - 1).Select(i => KeyValuePair.Create($"token_{i}", (System.Text.Json.Nodes.JsonNode?)$"value {i}")));
        await house.AddAsync(input);
    }

    private async Task<string[]> SealedAsync()
    {
        await using var db = house.Ground.Open();
        return await db.ApiSecrets.Select(s => s.Sealed).ToArrayAsync(Ct);
    }
}
