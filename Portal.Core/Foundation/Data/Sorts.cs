using System.Linq.Expressions;
using System.Text.Json;

namespace Portal.Core.Foundation;

/// <summary>The orders a list may be asked for, each made total by the row's id so that a cursor can continue it.</summary>
public sealed class Sorts<T>(string standard, Expression<Func<T, long>> id)
{
    private readonly Dictionary<string, SortKey<T>> keys = [];

    public IReadOnlyCollection<string> Names => keys.Keys;

    public Sorts<T> By<TKey>(string name, Expression<Func<T, TKey>> key)
        where TKey : notnull
    {
        keys.Add(name, new SortKey<T, TKey>(name, key, id));
        return this;
    }

    internal (SortKey<T> Key, bool Descending) Choose(string? wanted)
    {
        var name = string.IsNullOrEmpty(wanted) ? standard : wanted;
        return keys.TryGetValue(name.StartsWith('-') ? name[1..] : name, out var key)
            ? (key, name.StartsWith('-'))
            : throw new Invalid("sort", $"Sort by {string.Join(", ", keys.Keys)}, with a minus for descending.");
    }
}

internal sealed record SortedRow<TView>(long Id, object Key, TView View);

internal abstract class SortKey<T>(string name)
{
    public string Name { get; } = name;

    public abstract IQueryable<T> Order(IQueryable<T> query, bool descending);

    public abstract IQueryable<T> Beyond(IQueryable<T> query, Cursor cursor, bool descending);

    public abstract Expression<Func<T, SortedRow<TView>>> With<TView>(Expression<Func<T, TView>> view);
}

internal sealed class SortKey<T, TKey>(string name, Expression<Func<T, TKey>> key, Expression<Func<T, long>> id) : SortKey<T>(name)
    where TKey : notnull
{
    public override IQueryable<T> Order(IQueryable<T> query, bool descending) => descending
        ? query.OrderByDescending(key).ThenByDescending(id)
        : query.OrderBy(key).ThenBy(id);

    public override IQueryable<T> Beyond(IQueryable<T> query, Cursor cursor, bool descending)
    {
        var row = key.Parameters[0];
        var (rowKey, rowId) = (key.Body, Swap.In(id, row));
        var (lastKey, lastId) = (Parameter(Key(cursor)), Parameter(cursor.Id));
        var beyond = Expression.OrElse(
            Past(rowKey, lastKey, descending),
            Expression.AndAlso(Expression.Equal(rowKey, lastKey), Past(rowId, lastId, descending)));
        return query.Where(Expression.Lambda<Func<T, bool>>(beyond, row));
    }

    public override Expression<Func<T, SortedRow<TView>>> With<TView>(Expression<Func<T, TView>> view)
    {
        var row = view.Parameters[0];
        var made = Expression.New(
            typeof(SortedRow<TView>).GetConstructors()[0],
            Swap.In(id, row), Expression.Convert(Swap.In(key, row), typeof(object)), view.Body);
        return Expression.Lambda<Func<T, SortedRow<TView>>>(made, row);
    }

    private static TKey Key(Cursor cursor)
    {
        try
        {
            var last = ((JsonElement)cursor.Key).Deserialize<TKey>();
            return last is null or DateTime { Kind: not DateTimeKind.Utc } ? throw Cursor.Unreadable() : last;
        }
        catch (JsonException)
        {
            throw Cursor.Unreadable();
        }
    }

    private static BinaryExpression Past(Expression value, Expression last, bool descending)
    {
        var (left, right) = value.Type == typeof(string)
            ? (Expression.Call(typeof(string), nameof(string.Compare), null, value, last), (Expression)Expression.Constant(0))
            : (value, last);
        return descending ? Expression.LessThan(left, right) : Expression.GreaterThan(left, right);
    }

    // A property of an object, so that EF makes a parameter of it and keeps one plan.
    private static MemberExpression Parameter<TValue>(TValue value) => Expression.Property(Expression.Constant(new Holder<TValue>(value)), nameof(Holder<>.Value));

    private sealed record Holder<TValue>(TValue Value);
}

internal sealed class Swap(ParameterExpression from, Expression to) : ExpressionVisitor
{
    public static Expression In(LambdaExpression lambda, Expression argument) => new Swap(lambda.Parameters[0], argument).Visit(lambda.Body);

    protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
}
