namespace Portal.Tests.Foundation;

public class RateLimitsTests
{
    private static readonly RateLimit Three = new("test", 3, TimeSpan.FromMinutes(1));

    [Fact]
    public async Task What_is_allowed_three_times_is_refused_the_fourth_until_the_window_ends()
    {
        await using var house = await TestDatabase.NewAsync();
        var limits = new RateLimits(house.Database, house.Lane, house.Clock);
        for (var left = 2; left >= 0; left--)
            Assert.Equal(new(true, 1, left, TimeSpan.FromMinutes(1)), await limits.TakeAsync(Three, "me", ct: Ct));

        house.Clock.Forward(TimeSpan.FromSeconds(20));
        Assert.Equal(new(false, 0, 0, TimeSpan.FromSeconds(40)), await limits.TakeAsync(Three, "me", ct: Ct));
        Assert.False((await limits.LookAsync(Three, "me", Ct)).Allowed);
        Assert.True((await limits.TakeAsync(Three, "you", ct: Ct)).Allowed);

        house.Clock.Forward(TimeSpan.FromSeconds(40));
        Assert.Equal(new(true, 1, 2, TimeSpan.FromMinutes(1)), await limits.TakeAsync(Three, "me", ct: Ct));
    }

    [Fact]
    public async Task Looking_counts_nothing_and_forgetting_begins_anew()
    {
        await using var house = await TestDatabase.NewAsync();
        var limits = new RateLimits(house.Database, house.Lane, house.Clock);
        await limits.TakeAsync(Three, "me", 3, Ct);
        for (var i = 0; i < 3; i++)
            Assert.Equal(0, (await limits.LookAsync(Three, "me", Ct)).Left);
        await limits.ForgetAsync(Three, "me", Ct);
        Assert.Equal(3, (await limits.LookAsync(Three, "me", Ct)).Left);
    }

    [Fact]
    public async Task Two_hosts_on_one_database_share_the_count()
    {
        await using var house = await TestDatabase.NewAsync();
        await using var beside = house.Beside();
        var limit = new RateLimit("shared", 20, TimeSpan.FromMinutes(1));
        RateLimits[] hosts = [new(house.Database, house.Lane, house.Clock), new(beside.Database, beside.Lane, house.Clock)];

        var verdicts = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => hosts[i % 2].TakeAsync(limit, "me", ct: Ct)));

        Assert.Equal(20, verdicts.Count(v => v.Allowed));
    }

    [Fact]
    public async Task Windows_that_have_ended_are_cleaned_up_and_others_are_not()
    {
        await using var house = await TestDatabase.NewAsync();
        var limits = new RateLimits(house.Database, house.Lane, house.Clock);
        await limits.TakeAsync(Three, "old", ct: Ct);
        house.Clock.Forward(TimeSpan.FromMinutes(1));
        await limits.TakeAsync(Three, "new", ct: Ct);
        Assert.Equal(1, await limits.CleanUpAsync(Ct));
        Assert.Equal(2, (await limits.LookAsync(Three, "new", Ct)).Left);
    }

    [Fact]
    public async Task Nobodys_address_stands_in_the_table()
    {
        await using var house = await TestDatabase.NewAsync();
        await new RateLimits(house.Database, house.Lane, house.Clock).TakeAsync(Three, "someone@example.com", ct: Ct);
        await using var db = house.Open();
        Assert.DoesNotContain("someone", (await db.Set<RateWindow>().SingleAsync(Ct)).Key, StringComparison.Ordinal);
    }
}
