namespace Portal.Tests.Foundation;

public class SigningKeysTests
{
    [Fact]
    public async Task A_key_is_published_a_day_before_it_signs_and_goes_a_day_after_it_is_replaced()
    {
        await using var house = await TestDatabase.NewAsync();
        var keys = Keys(house);
        Assert.True(await keys.RotateAsync(Ct));
        var first = await keys.CurrentAsync(Ct);
        Assert.False(await keys.RotateAsync(Ct));

        house.Clock.Forward(TimeSpan.FromDays(30));
        Assert.True(await keys.RotateAsync(Ct));
        Assert.Equal(2, (await keys.PublishedAsync(Ct)).Count);
        Assert.Equal(first.Kid, (await keys.CurrentAsync(Ct)).Kid);

        house.Clock.Forward(TimeSpan.FromDays(1));
        var second = await keys.CurrentAsync(Ct);
        Assert.NotEqual(first.Kid, second.Kid);
        Assert.NotNull(await keys.FindAsync(first.Kid, Ct)); // what it signed holds for half an hour

        house.Clock.Forward(TimeSpan.FromDays(1));
        Assert.True(await keys.RotateAsync(Ct)); // forgets the first
        Assert.Equal([second.Kid], (await Keys(house).PublishedAsync(Ct)).Select(k => k.Kid));
        house.Clock.Forward(TimeSpan.FromMinutes(5));
        Assert.Null(await keys.FindAsync(first.Kid, Ct));
    }

    [Fact]
    public async Task There_is_always_a_key_however_long_the_portal_was_off()
    {
        await using var house = await TestDatabase.NewAsync();
        await Keys(house).RotateAsync(Ct);
        for (var month = 0; month < 6; month++)
        {
            house.Clock.Forward(TimeSpan.FromDays(100));
            await Keys(house).RotateAsync(Ct);
            Assert.NotNull(await Keys(house).CurrentAsync(Ct));
            house.Clock.Forward(TimeSpan.FromDays(1));
            Assert.NotNull(await Keys(house).CurrentAsync(Ct));
        }
    }

    [Fact]
    public async Task A_token_that_another_host_signed_is_verified_even_with_a_key_made_just_now()
    {
        await using var house = await TestDatabase.NewAsync();
        await using var beside = house.Beside();
        var (here, there) = (Keys(house), Keys(beside));
        await here.RotateAsync(Ct);
        Assert.Single(await there.PublishedAsync(Ct));
        house.Clock.Forward(TimeSpan.FromDays(30));
        await there.PublishedAsync(Ct);
        await here.RotateAsync(Ct);
        house.Clock.Forward(TimeSpan.FromSeconds(10));

        var made = (await here.PublishedAsync(Ct))[^1];

        Assert.Equal(made.X, (await there.FindAsync(made.Kid, Ct))?.X);
        Assert.Null(await there.FindAsync("nobodys", Ct));
    }

    [Fact]
    public async Task Private_halves_lie_sealed_in_the_database()
    {
        await using var house = await TestDatabase.NewAsync();
        await Keys(house).RotateAsync(Ct);
        await using var db = house.Open();
        var row = await db.Set<SigningKey>().SingleAsync(Ct);
        Assert.StartsWith("v1.", row.SealedPrivateKey, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => house.Box.Open(row.SealedPrivateKey, "other"));
    }

    private static SigningKeys Keys(TestDatabase house) => new(house.Database, house.Box, house.Clock);
}
