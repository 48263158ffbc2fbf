using Microsoft.AspNetCore.WebUtilities;
using Portal.Core.Foundation;
using static Portal.Resources.Texts;

namespace Portal.Components.Ui;

/// <summary>What the address says about a list: page, cursor, order, search and filters. The address is the only place that knows.</summary>
public sealed class ListUrl
{
    /// <summary>Which row is looked at beside the list.</summary>
    private const string Open = "open";

    private static readonly string[] Places = ["page", "cursor", "at"];
    private static readonly string[] Views = [.. Places, Open, "sort", "tab"];
    private readonly Dictionary<string, string> values;

    private ListUrl(string path, Dictionary<string, string> values) => (Path, this.values) = (path, values);

    public string Path { get; }

    /// <summary>Whether something is searched for or filtered.</summary>
    public bool IsFiltered => values.Keys.Any(name => !Views.Contains(name));

    /// <summary>The list without search and filters.</summary>
    public string Cleared => Write(values.Where(v => Views.Contains(v.Key) && !Places.Contains(v.Key) && v.Key != Open));

    public string? this[string name] => values.GetValueOrDefault(name);

    public static ListUrl Of(string address)
    {
        var uri = new Uri(address);
        return new(uri.AbsolutePath, QueryHelpers.ParseQuery(uri.Query)
            .Where(v => v.Value.ToString().Length > 0)
            .ToDictionary(v => v.Key, v => v.Value[^1] ?? ""));
    }

    public ListQuery Query(int pageSize) => new(this)
    {
        Page = Number("page") ?? 1,
        PageSize = pageSize,
        Cursor = this["cursor"],
        Sort = this["sort"],
        Q = this["q"],
    };

    /// <summary>The same list with other filters, from its top. Null takes one away.</summary>
    public string With(params (string Name, string? Value)[] changes) => Write(
        values.Where(v => !Places.Contains(v.Key) && v.Key != Open && changes.All(c => c.Name != v.Key))
            .Concat(changes.Where(c => !string.IsNullOrEmpty(c.Value)).Select(c => KeyValuePair.Create(c.Name, c.Value!))));

    /// <summary>Sorted by this column; by it the other way round when it already is.</summary>
    public string SortedBy(string column) => With(("sort", this["sort"] == column ? "-" + column : column));

    public string At(int page) => Write(Elsewhere(page <= 1 ? [] : [("page", page)]));

    /// <param name="cursor">Where to go on.</param>
    /// <param name="row">The number of the row there, for the words below the table.</param>
    public string At(string cursor, long row) => Write(Elsewhere([("cursor", cursor), ("at", row)]));

    /// <summary>The same place of the list with one row open beside it; with none for null.</summary>
    public string Opening(long? id) => Write(values.Where(v => v.Key != Open)
        .Concat(id is { } row ? [KeyValuePair.Create(Open, FormattableString.Invariant($"{row}"))] : Array.Empty<KeyValuePair<string, string>>()));

    public int? Number(string name) => int.TryParse(this[name], out var number) ? number : null;

    /// <summary>Whether it is the same part of the same list, whatever is open beside it.</summary>
    public bool SameAs(ListUrl other) => Path == other.Path && values.Keys.Union(other.values.Keys).Where(name => name != Open).All(name => other[name] == this[name]);

    private IEnumerable<KeyValuePair<string, string>> Elsewhere(IEnumerable<(string Name, object Value)> place) =>
        values.Where(v => !Places.Contains(v.Key)).Concat(place.Select(p => KeyValuePair.Create(p.Name, FormattableString.Invariant($"{p.Value}"))));

    private string Write(IEnumerable<KeyValuePair<string, string>> query) => Path + QueryString.Create(query!);
}

/// <summary>The part of a list that the address asks for, with its filters by name.</summary>
public sealed class ListQuery(ListUrl url) : PageRequest
{
    public string? this[string filter] => url[filter];

    public DateOnly? Day(string filter) => url[filter] is not { } text ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", out var day) ? day
        : throw new Invalid(filter, T("filter.no_day", text, filter));

    public TEnum? Choice<TEnum>(string filter)
        where TEnum : struct, Enum => Enum.GetValues<TEnum>().Cast<TEnum?>().FirstOrDefault(v => Input.Name(v.ToString()!) == url[filter]);

    /// <summary>Hands page, order and search on to a room's own request.</summary>
    public TRequest Fill<TRequest>(TRequest request)
        where TRequest : PageRequest
    {
        (request.Page, request.PageSize, request.Cursor, request.Sort, request.Q) = (Page, PageSize, Cursor, Sort, Q);
        return request;
    }
}
