package haricot.local.deploy;

import java.util.Map;

/// The part of CloudWatch's metric math that the template's alarms use, over one period: numbers, ids, `+ - * /`,
/// comparisons, `AND`, `OR`, `IF`, `ABS`. Written after CloudWatch's reference; truth is 1 and 0.
final class MetricMath {
    private final String text;
    private final Map<String, Double> values;
    private int at;

    private MetricMath(String text, Map<String, Double> values) {
        this.text = text;
        this.values = values;
    }

    /// @param values of the ids in it
    static double of(String expression, Map<String, Double> values) {
        MetricMath math = new MetricMath(expression, values);
        double value = math.or();
        if (!math.rest().isEmpty()) {
            throw new IllegalArgumentException("left over: " + math.rest());
        }
        return value;
    }

    private double or() {
        double value = and();
        while (took("OR ") || took("||")) {
            double next = and();
            value = truth(value != 0 || next != 0);
        }
        return value;
    }

    private double and() {
        double value = comparison();
        while (took("AND ") || took("&&")) {
            double next = comparison();
            value = truth(value != 0 && next != 0);
        }
        return value;
    }

    private double comparison() {
        double value = sum();
        if (took(">=")) {
            return truth(value >= sum());
        }
        if (took("<=")) {
            return truth(value <= sum());
        }
        if (took(">")) {
            return truth(value > sum());
        }
        return took("<") ? truth(value < sum()) : value;
    }

    private double sum() {
        double value = product();
        while (true) {
            if (took("+")) {
                value += product();
            } else if (took("-")) {
                value -= product();
            } else {
                return value;
            }
        }
    }

    private double product() {
        double value = atom();
        while (true) {
            if (took("*")) {
                value *= atom();
            } else if (took("/")) {
                value /= atom();
            } else {
                return value;
            }
        }
    }

    private double atom() {
        if (took("IF(")) {
            double condition = or();
            require(",");
            double yes = or();
            require(",");
            double no = or();
            require(")");
            return condition != 0 ? yes : no;
        }
        if (took("ABS(")) {
            double value = or();
            require(")");
            return Math.abs(value);
        }
        if (took("(")) {
            double value = or();
            require(")");
            return value;
        }
        String word = rest().split("[^\\w.]", 2)[0];
        if (word.isEmpty()) {
            throw new IllegalArgumentException("expected a value at: " + rest());
        }
        at = text.length() - rest().length() + word.length();
        if (Character.isDigit(word.charAt(0))) {
            return Double.parseDouble(word);
        }
        if (!values.containsKey(word)) {
            throw new IllegalArgumentException("there is no " + word);
        }
        return values.get(word);
    }

    private boolean took(String token) {
        if (!rest().startsWith(token)) {
            return false;
        }
        at = text.length() - rest().length() + token.length();
        return true;
    }

    private void require(String token) {
        if (!took(token)) {
            throw new IllegalArgumentException("expected " + token + " at: " + rest());
        }
    }

    private String rest() {
        return text.substring(at).stripLeading();
    }

    private static double truth(boolean value) {
        return value ? 1 : 0;
    }
}
