using System.Collections.Concurrent;

namespace Portal.Tests.Foundation;

public class LaneTests
{
    private static readonly Actor Self = Actor.System("test");

    [Fact]
    public async Task Two_hundred_units_at_once_all_commit()
    {
        await using var house = await TestDatabase.NewAsync();
        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => AddAsync(house, $"{i}")));
        Assert.Equal(200, (await KeysAsync(house)).Count);
    }

    [Fact]
    public async Task A_refused_unit_touches_only_its_own_caller()
    {
        await using var house = await TestDatabase.NewAsync();
        var units = Enumerable.Range(0, 100).Select(i => (Refused: i % 3 == 0, Task: AddAsync(house, $"{i}", thenThrow: i % 3 == 0))).ToList();

        foreach (var (refused, task) in units)
        {
            if (refused)
                Assert.Equal("test", (await Assert.ThrowsAsync<RuleBroken>(() => task)).Code);
            else
                await task;
        }

        Assert.Equal(Enumerable.Range(0, 100).Where(i => i % 3 != 0).Select(i => $"{i}"), await KeysAsync(house));
    }

    [Fact]
    public async Task A_unit_that_throws_after_it_has_saved_leaves_nothing()
    {
        await using var house = await TestDatabase.NewAsync();
        await Assert.ThrowsAsync<RuleBroken>(() => house.Lane.RunAsync(Self, Can.KeepHouse, async db =>
        {
            db.Add(Row("saved"));
            db.Record(() => new DeliverySentAgain(1, null, "email", "a@b.c"));
            await db.SaveChangesAsync(Ct);
            throw new RuleBroken("test", "No.");
        }, Ct));

        Assert.Empty(await KeysAsync(house));
        await using var all = house.Open();
        Assert.False(await all.Events.AnyAsync(Ct));
    }

    [Fact]
    public async Task A_row_that_exists_already_is_a_conflict_of_that_unit_alone()
    {
        await using var house = await TestDatabase.NewAsync();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(async _ =>
        {
            try
            {
                await AddAsync(house, "same");
                return "";
            }
            catch (Conflict e)
            {
                return e.Code;
            }
        }));

        Assert.Single(outcomes, "");
        Assert.Equal(49, outcomes.Count(o => o == "already_exists"));
    }

    [Fact]
    public async Task Units_run_in_the_order_they_came()
    {
        await using var house = await TestDatabase.NewAsync();
        var ran = new ConcurrentQueue<int>();
        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => house.Lane.RunAsync(Self, Can.KeepHouse, _ =>
        {
            ran.Enqueue(i);
            return Task.CompletedTask;
        }, Ct)));
        Assert.Equal(Enumerable.Range(0, 100), ran);
    }

    [Fact]
    public async Task A_unit_that_calls_the_lane_is_told_instead_of_waiting_for_itself()
    {
        await using var house = await TestDatabase.NewAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => house.Lane.RunAsync(Self, Can.KeepHouse, _ => AddAsync(house, "inner"), Ct));
        await AddAsync(house, "after");
        Assert.Equal(["after"], await KeysAsync(house));
    }

    [Fact]
    public async Task Who_may_not_is_refused_before_the_queue()
    {
        await using var house = await TestDatabase.NewAsync();
        await Assert.ThrowsAsync<Forbidden>(() => house.Lane.RunAsync(Actor.Nobody, Can.SeeSelf, _ => Task.CompletedTask, Ct));
    }

    [Fact]
    public async Task The_fence_holds_in_the_lane()
    {
        await using var house = await TestDatabase.NewAsync();
        var (acme, globex) = (await house.ClientAsync("Acme"), await house.ClientAsync("Globex"));
        var owner = await house.PersonAsync(Role.Client, new Grant(acme, null, AccessLevel.Owner));
        Assert.Equal([acme], await house.Lane.RunAsync(owner, Can.SeeHome, db => db.Clients.Select(c => c.Id).ToListAsync(Ct), Ct));
        await Assert.ThrowsAsync<NotFound>(() => house.Lane.RunAsync(owner, Can.SeeHome, db =>
        {
            db.Remove(new Client { Id = globex, Name = "Globex", CreatedAt = house.Clock.Now() });
            return Task.CompletedTask;
        }, Ct));
    }

    [Fact]
    public async Task A_caller_who_has_left_is_not_served_and_others_are()
    {
        await using var house = await TestDatabase.NewAsync();
        using var left = new CancellationTokenSource();
        var (begun, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        var first = house.Lane.RunAsync(Self, Can.KeepHouse, async _ =>
        {
            begun.SetResult();
            await go.Task;
        }, Ct);
        await begun.Task;
        var second = house.Lane.RunAsync(Self, Can.KeepHouse, db => Task.FromResult(db.Add(Row("left"))), left.Token);
        var third = AddAsync(house, "stayed");
        await left.CancelAsync();
        go.SetResult();

        await first;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        await third;
        Assert.Equal(["stayed"], await KeysAsync(house));
    }

    [Fact]
    public async Task Ordinary_saves_and_two_lanes_on_one_database_share_it_without_a_loss()
    {
        await using var house = await TestDatabase.NewAsync();
        await using var beside = house.Beside();
        await Task.WhenAll(
            Task.WhenAll(Enumerable.Range(0, 60).Select(i => AddAsync(house, $"a{i}"))),
            Task.WhenAll(Enumerable.Range(0, 60).Select(i => AddAsync(beside, $"b{i}"))),
            Task.WhenAll(Enumerable.Range(0, 20).Select(i => house.AddAsync(Row($"c{i}")))));
        Assert.Equal(140, (await KeysAsync(house)).Count);
    }

    private static Task AddAsync(TestDatabase house, string key, bool thenThrow = false) => house.Lane.RunAsync(Self, Can.KeepHouse, db =>
    {
        db.Add(Row(key));
        return thenThrow ? throw new RuleBroken("test", "No.") : Task.CompletedTask;
    }, Ct);

    private static JobRow Row(string key) => new() { Name = key };

    private static async Task<List<string>> KeysAsync(TestDatabase house)
    {
        await using var db = house.Open();
        return [.. (await db.Jobs.Select(j => j.Name).ToListAsync(Ct)).OrderBy(n => n.Length).ThenBy(n => n, StringComparer.Ordinal)];
    }
}
