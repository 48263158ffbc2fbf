using System.Buffers.Text;
using System.Linq.Expressions;
using System.Text;

namespace Portal.Tests.Foundation;

public class PagedTests(PagedTests.Rows rows) : IClassFixture<PagedTests.Rows>
{
    private static readonly Sorts<Delivery> Orders = new Sorts<Delivery>("-id", d => d.Id)
        .By("id", d => d.Id).By("recipient", d => d.Recipient).By("created_at", d => d.CreatedAt);

    [Theory]
    [InlineData("id")]
    [InlineData("-id")]
    [InlineData("recipient")]
    [InlineData("-recipient")]
    [InlineData("created_at")]
    [InlineData("-created_at")]
    public async Task Going_on_by_cursor_visits_every_row_once_and_back_again(string sort)
    {
        var (forth, last) = (new List<long>(), default(Paged<long>));
        for (string? cursor = null; last is null || cursor is not null; cursor = last.Next)
        {
            last = await PageAsync(new() { Sort = sort, PageSize = 7, Cursor = cursor });
            forth.AddRange(last.Items);
        }

        Assert.Equal(Rows.Count, forth.Count);
        Assert.Equal(await rows.InOrderAsync(sort), forth);

        var back = new List<long>(last.Items);
        while (last.Previous is { } before)
        {
            last = await PageAsync(new() { Sort = sort, PageSize = 7, Cursor = before });
            back.InsertRange(0, last.Items);
        }

        Assert.Equal(forth, back);
    }

    [Fact]
    public async Task Pages_and_cursors_show_the_same_list()
    {
        var second = await PageAsync(new() { Sort = "recipient", PageSize = 10, Page = 2 });
        var first = await PageAsync(new() { Sort = "recipient", PageSize = 10 });

        Assert.Equal(second.Items, (await PageAsync(new() { Sort = "recipient", PageSize = 10, Cursor = first.Next })).Items);
        Assert.Equal(first.Items, (await PageAsync(new() { Sort = "recipient", PageSize = 10, Cursor = second.Previous })).Items);
        Assert.Null(first.Previous);
        Assert.Equal(Rows.Count, first.Total);
    }

    [Fact]
    public async Task The_standard_order_and_size_hold_when_nothing_is_asked()
    {
        var page = await PageAsync(new());
        Assert.Equal(PageRequest.StandardSize, page.PageSize);
        Assert.Equal((await rows.InOrderAsync("-id")).Take(PageRequest.StandardSize), page.Items);
    }

    [Fact]
    public async Task A_cursor_of_another_order_is_refused()
    {
        var next = (await PageAsync(new() { Sort = "recipient", PageSize = 5 })).Next;
        Assert.Equal(["cursor"], (await RefusalAsync(new() { Sort = "-recipient", Cursor = next })).Errors.Keys);
        Assert.Equal(["cursor"], (await RefusalAsync(new() { Sort = "id", Cursor = next })).Errors.Keys);
    }

    [Theory]
    [InlineData("id", "rubbish!")]
    [InlineData("id", "{}")]
    [InlineData("id", "null")]
    [InlineData("id", "[1]")]
    [InlineData("id", """{"Sort":"id+","Back":false,"Key":"x","Id":1}""")]
    [InlineData("id", """{"Sort":"id+","Back":false,"Key":{"a":1},"Id":1}""")]
    [InlineData("id", """{"Sort":"id+","Back":false,"Key":null,"Id":1}""")]
    [InlineData("id", """{"Sort":"id+","Back":false,"Key":9223372036854775808,"Id":1}""")]
    [InlineData("created_at", """{"Sort":"created_at+","Back":false,"Key":"2026-11-21T10:00:00","Id":1}""")]
    [InlineData("created_at", """{"Sort":"created_at+","Back":false,"Key":"yesterday","Id":1}""")]
    public async Task A_cursor_that_we_did_not_write_is_refused_and_no_bug(string sort, string cursor)
    {
        var text = cursor == "rubbish!" ? cursor : Base64Url.EncodeToString(Encoding.UTF8.GetBytes(cursor));
        Assert.Equal(["cursor"], (await RefusalAsync(new() { Sort = sort, Cursor = text })).Errors.Keys);
    }

    [Theory]
    [InlineData("size")]
    [InlineData("--id")]
    [InlineData("id; drop table")]
    public async Task An_order_that_is_not_offered_is_refused(string sort) =>
        Assert.Equal(["sort"], (await RefusalAsync(new() { Sort = sort })).Errors.Keys);

    [Fact]
    public async Task A_page_beyond_row_ten_thousand_is_refused_and_the_last_one_is_not()
    {
        Assert.Equal(["page"], (await RefusalAsync(new() { Page = 101, PageSize = 100 })).Errors.Keys);
        Assert.Empty((await PageAsync(new() { Page = 100, PageSize = 100 })).Items);
        Assert.Equal(["page_size"], (await RefusalAsync(new() { PageSize = 101 })).Errors.Keys);
        Assert.Equal(["page"], (await RefusalAsync(new() { Page = 0 })).Errors.Keys);
    }

    [Fact]
    public async Task The_total_is_exact_to_ten_thousand_and_then_unknown()
    {
        await using var house = await TestDatabase.NewAsync();
        await using var db = house.Open();
        db.AddRange(Enumerable.Range(1, 10_000).Select(i => new RateWindow { Key = $"{i}", EndsAt = house.Clock.Now(), Count = i }));
        await db.SaveChangesAsync(Ct);
        var orders = new Sorts<RateWindow>("id", w => w.Count).By("id", w => w.Count);
        Assert.Equal(10_000, (await db.Set<RateWindow>().ToPagedAsync(new(), orders, w => w.Key, Ct)).Total);

        await house.AddAsync(new RateWindow { Key = "x", EndsAt = house.Clock.Now(), Count = 10_001 });
        Assert.Null((await db.Set<RateWindow>().ToPagedAsync(new(), orders, w => w.Key, Ct)).Total);
    }

    private Task<Paged<long>> PageAsync(PageRequest page) => rows.PageAsync(page, Orders, d => d.Id);

    private Task<Invalid> RefusalAsync(PageRequest page) => Assert.ThrowsAsync<Invalid>(() => PageAsync(page));

    /// <summary>Sixty rows of which many share a recipient and an instant.</summary>
    public sealed class Rows : IAsyncLifetime
    {
        private TestDatabase? house;

        public const int Count = 60;

        public async ValueTask InitializeAsync()
        {
            house = await TestDatabase.NewAsync();
            await using var db = house.Open();
            var random = new Random(1);
            foreach (var i in Enumerable.Range(0, Count))
            {
                var at = house.Clock.Now().AddMicroseconds(random.Next(4));
                db.Add(new Delivery { Key = $"{i}", Channel = "email", Recipient = $"{(char)('a' + random.Next(5))}@b.c", Title = "t", Body = "b", CreatedAt = at });
            }

            await db.SaveChangesAsync(Ct);
        }

        public async Task<Paged<long>> PageAsync(PageRequest page, Sorts<Delivery> orders, Expression<Func<Delivery, long>> view)
        {
            await using var db = house!.Open();
            return await db.Deliveries.AsNoTracking().ToPagedAsync(page, orders, view, Ct);
        }

        public async Task<List<long>> InOrderAsync(string sort)
        {
            await using var db = house!.Open();
            var all = await db.Deliveries.AsNoTracking().ToListAsync(Ct);
            Comparison<Delivery> byKey = sort.TrimStart('-') switch
            {
                "recipient" => (a, b) => string.CompareOrdinal(a.Recipient, b.Recipient),
                "created_at" => (a, b) => a.CreatedAt.CompareTo(b.CreatedAt),
                _ => (_, _) => 0,
            };
            all.Sort((a, b) => byKey(a, b) is not 0 and var order ? order : a.Id.CompareTo(b.Id));
            if (sort.StartsWith('-'))
                all.Reverse();
            return [.. all.Select(d => d.Id)];
        }

        public ValueTask DisposeAsync() => house!.DisposeAsync();
    }
}
