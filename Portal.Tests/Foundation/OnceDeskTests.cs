using System.Text;

namespace Portal.Tests.Foundation;

public class OnceDeskTests
{
    private static readonly byte[] Body = "body"u8.ToArray();
    private static readonly KeptAnswer Answer = new(201, "application/json", "/api/things/1", "{\"id\":1}"u8.ToArray());

    [Fact]
    public async Task The_second_waits_for_the_first_and_gets_its_answer()
    {
        await using var house = await TestDatabase.NewAsync();
        var desk = Desk(house);
        Assert.Null(await desk.BeginAsync("door", Body, Ct));
        var seconds = Enumerable.Range(0, 5).Select(_ => desk.BeginAsync("door", Body, Ct)).ToList();
        await Task.Delay(120, Ct);
        Assert.All(seconds, s => Assert.False(s.IsCompleted));

        await desk.AnswerAsync("door", Answer);

        foreach (var second in seconds)
            AssertSame(Answer, await second);
        await using var db = house.Open();
        Assert.DoesNotContain(Encoding.UTF8.GetString(Answer.Body), (await db.Set<AnsweredRequest>().SingleAsync(Ct)).SealedBody!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_one_of_many_at_once_is_the_first_even_on_two_hosts()
    {
        await using var house = await TestDatabase.NewAsync();
        await using var beside = house.Beside();
        OnceDesk[] hosts = [Desk(house), Desk(beside)];
        var firsts = 0;
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
        {
            if (await hosts[i % 2].BeginAsync("door", Body, Ct) is { } kept)
                return kept;
            Interlocked.Increment(ref firsts);
            await hosts[i % 2].AnswerAsync("door", Answer);
            return Answer;
        }));
        Assert.Equal(1, firsts);
        Assert.All(answers, a => AssertSame(Answer, a));
    }

    [Fact]
    public async Task Another_body_under_the_same_key_is_a_mismatch_before_and_after_the_answer()
    {
        await using var house = await TestDatabase.NewAsync();
        var desk = Desk(house);
        await desk.BeginAsync("door", Body, Ct);
        await MismatchAsync();
        await desk.AnswerAsync("door", Answer);
        await MismatchAsync();

        async Task MismatchAsync() =>
            Assert.Equal("idempotency_mismatch", (await Assert.ThrowsAsync<Invalid>(() => desk.BeginAsync("door", "other"u8.ToArray(), Ct))).Code);
    }

    [Fact]
    public async Task A_host_that_died_at_work_leaves_the_request_to_the_next_who_asks()
    {
        await using var house = await TestDatabase.NewAsync();
        var desk = Desk(house);
        Assert.Null(await desk.BeginAsync("door", Body, Ct));
        var waiting = desk.BeginAsync("door", Body, Ct);
        await Task.Delay(100, Ct);
        Assert.False(waiting.IsCompleted);

        house.Clock.Forward(TimeSpan.FromMinutes(2));

        Assert.Null(await waiting);
    }

    [Fact]
    public async Task What_was_forgotten_is_a_first_again()
    {
        await using var house = await TestDatabase.NewAsync();
        var desk = Desk(house);
        await desk.BeginAsync("door", Body, Ct);
        await desk.ForgetAsync("door");
        Assert.Null(await desk.BeginAsync("door", Body, Ct));

        await desk.AnswerAsync("door", Answer);
        await desk.ForgetAsync("door"); // an answer stays
        AssertSame(Answer, await desk.BeginAsync("door", Body, Ct));
    }

    [Fact]
    public async Task An_answer_is_kept_for_a_day()
    {
        await using var house = await TestDatabase.NewAsync();
        var desk = Desk(house);
        await desk.BeginAsync("door", Body, Ct);
        await desk.AnswerAsync("door", Answer);

        house.Clock.Forward(OnceDesk.Kept);
        Assert.Equal(0, await desk.CleanUpAsync(Ct));
        AssertSame(Answer, await desk.BeginAsync("door", Body, Ct));

        house.Clock.Forward(TimeSpan.FromSeconds(1));
        Assert.Null(await desk.BeginAsync("door", "other"u8.ToArray(), Ct));
        house.Clock.Forward(OnceDesk.Kept + TimeSpan.FromSeconds(1));
        Assert.Equal(1, await desk.CleanUpAsync(Ct));
    }

    private static OnceDesk Desk(TestDatabase house) => new(house.Database, house.Lane, house.Box, house.Clock);

    private static void AssertSame(KeptAnswer expected, KeptAnswer? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal((expected.Status, expected.ContentType, expected.Location), (actual.Status, actual.ContentType, actual.Location));
        Assert.Equal(expected.Body, actual.Body);
    }
}
