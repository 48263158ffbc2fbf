using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;

namespace Portal.Core.Foundation;

/// <summary>What part of a list is wanted. Pages reach row 10,000; beyond it the cursor of the answer before leads on.</summary>
public class PageRequest
{
    public const int DeepestRow = 10_000;
    public const int StandardSize = 25;

    [Range(1, DeepestRow), FromQuery(Name = "page")]
    public int? Page { get; set; }

    [Range(1, 100), FromQuery(Name = "page_size")]
    public int? PageSize { get; set; }

    /// <summary>Next or previous of an earlier answer.</summary>
    [FromQuery(Name = "cursor")]
    public string? Cursor { get; set; }

    /// <summary>A column's name, with a minus for descending.</summary>
    [FromQuery(Name = "sort")]
    public string? Sort { get; set; }

    /// <summary>What to search for, by prefix.</summary>
    [MaxLength(200), FromQuery(Name = "q")]
    public string? Q { get; set; }

    /// <summary>The page wanted, the first unless said.</summary>
    public int Number => Page ?? 1;

    /// <summary>The rows a page has, 25 unless said.</summary>
    public int Size => PageSize ?? StandardSize;
}

/// <summary>A part of a list. Total is exact up to 10,000 and null above; next and previous are cursors, null at the ends.</summary>
public sealed record Paged<T>(IReadOnlyList<T> Items, int PageSize, long? Total, string? Next, string? Previous);

public static class PagedQueries
{
    /// <summary>Sorts, cuts and projects in SQL: by offset near the top, by key from a cursor, in the same time at any depth.</summary>
    public static async Task<Paged<TView>> ToPagedAsync<T, TView>(
        this IQueryable<T> query, PageRequest page, Sorts<T> sorts, System.Linq.Expressions.Expression<Func<T, TView>> view, CancellationToken ct = default)
    {
        Input.Check(page);
        var (sort, descending) = sorts.Choose(page.Sort);
        var total = await query.Take(PageRequest.DeepestRow + 1).CountAsync(ct);
        var order = sort.Name + (descending ? "-" : "+");
        var cursor = Place(page, order);
        var backwards = cursor is { Back: true };
        var rows = await sort.Order(cursor is null ? query : sort.Beyond(query, cursor, descending ^ backwards), descending ^ backwards)
            .Skip(cursor is null ? (page.Number - 1) * page.Size : 0)
            .Take(page.Size + 1)
            .Select(sort.With(view))
            .ToListAsync(ct);
        var more = rows.Count > page.Size;
        rows = [.. rows.Take(page.Size)];
        if (backwards)
            rows.Reverse();

        return new(
            [.. rows.Select(r => r.View)],
            page.Size,
            total > PageRequest.DeepestRow ? null : total,
            backwards || more ? At(^1, back: false) : null,
            (backwards ? more : cursor is not null || page.Number > 1) ? At(0, back: true) : null);

        string? At(Index row, bool back) =>
            rows.Count == 0 ? null : new Cursor(order, back, rows[row].Key, rows[row].Id).Write();
    }

    private static Cursor? Place(PageRequest page, string order)
    {
        var cursor = Cursor.Read(page.Cursor);
        if (cursor is not null && cursor.Sort != order)
            throw new Invalid("cursor", "This cursor belongs to another order of the list.");
        if (cursor is null && page.Number * (long)page.Size > PageRequest.DeepestRow)
            throw new Invalid("page", $"Pages reach row {PageRequest.DeepestRow:N0}; go on with the cursor.");
        return cursor;
    }
}
